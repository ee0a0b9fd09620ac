"""The verdict in Vietnamese, for a terminal."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

from motcua.tlog.bundle import Bundle, Hidden, Shown, read_json
from motcua.tlog.note import ED25519
from motcua.tlog.verdict import Finding, Outcome, Step, Verdict

SIGNS = {Outcome.OK: "✓", Outcome.OWN_KEY: "!", Outcome.ABSENT: "–", Outcome.FAILED: "✗"}
HANOI = timezone(timedelta(hours=7))


@cache
def words() -> dict[str, dict[str, str]]:
    """All texts of both verifiers."""
    found: dict[str, dict[str, str]] = json.loads(
        (Path(__file__).parent / "words.json").read_text("utf-8")
    )
    return found


def verdict_name(verdict: Verdict) -> str:
    """Which of the verdicts of `words` this is."""
    if verdict.bundle is None:
        return "unreadable"
    if not verdict.holds:
        return "failed"
    by_own_key = Finding(Step.SIGNATURE, Outcome.OWN_KEY) in verdict.findings
    return "own-key" if by_own_key else "holds"


def lines(verdict: Verdict) -> Iterator[str]:
    """What is printed, line by line."""
    name = verdict_name(verdict)
    if verdict.bundle is not None:
        yield f"Bằng chứng về: {_clean(verdict.bundle.chain.subject)}"
        yield from _entries(verdict.bundle)
        yield ""
        yield from map(_step, verdict.findings)
        yield ""
        yield from _marks(verdict.bundle)
        yield ""
    yield f"{words()['verdicts'][name].upper()}. {words()['verdicts'][f'{name}.said']}"


def _step(finding: Finding) -> str:
    said = ".".join(filter(None, (finding.step, finding.outcome, finding.reason)))
    title = words()["steps"][finding.step]
    return f"  {SIGNS[finding.outcome]} {title}: {words()['said'][said]}"


def _entries(bundle: Bundle) -> Iterator[str]:
    for number, entry in enumerate(bundle.chain.entries, bundle.chain.first):
        match entry:
            case Hidden():
                yield f"  Mục {number}: không thuộc phần ông/bà được đọc; chỉ có dấu vân tay."
            case Shown(body=body):
                yield from _entry(number, body)


def _entry(number: int, body: bytes) -> Iterator[str]:
    told = _told(body)
    deed = told.get("deed")
    named = words()["deeds"].get(deed, deed) if isinstance(deed, str) else ""
    who = [_moment(told.get("at")), str(told.get("actor_name") or "")]
    yield f"  Mục {number}: {_clean(named)}"
    yield f"    {_clean(' – '.join(filter(None, who)))}"
    yield f"    {_clean(body.decode('utf-8', 'replace'))}"


def _told(body: bytes) -> dict[str, Any]:
    try:
        told = read_json(body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _marks(bundle: Bundle) -> Iterator[str]:
    yield f"  Nhật ký {_clean(bundle.checkpoint.origin)}, {bundle.checkpoint.size} mục khi chốt"
    yield f"  Dấu vân tay của chuỗi: {bundle.head.hex()}"
    for key in bundle.keys:
        whose = "nhật ký" if key.kind == ED25519 else "bên chứng kiến"
        yield f"  Khóa của {whose} {_clean(key.name)}: {key.fingerprint}"


def _moment(stated: object) -> str:
    if not isinstance(stated, str):
        return ""
    try:
        at = datetime.fromisoformat(stated)
    except ValueError:
        return stated
    return (
        (at if at.tzinfo else at.replace(tzinfo=UTC))
        .astimezone(HANOI)
        .strftime("%d/%m/%Y %H:%M:%S")
    )


def _clean(text: str) -> str:
    """No control characters: a file from outside must not steer somebody's terminal."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", "\ufffd", text)
