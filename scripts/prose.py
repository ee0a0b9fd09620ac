"""A pytest plugin for bin/journeys: each story's sentence as it begins, and how it ended."""

import pytest


def pytest_runtest_logstart(nodeid: str) -> None:
    """Tell the story's sentence."""
    name = nodeid.rsplit("::", 1)[-1]
    print(f"\n  … {name.removeprefix('test_').replace('_', ' ')}", flush=True)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Tell whether it came true."""
    if report.when == "call" or report.outcome == "failed":
        verdict = "✓ đi hết" if report.outcome == "passed" else "✗ không đi hết được"
        print(f"\n    {verdict} ({report.duration:.0f} giây)", flush=True)
