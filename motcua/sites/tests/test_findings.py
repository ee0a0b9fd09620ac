"""How the house is: each part is named, and what to do where something is wrong."""

from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.test import Client

from motcua.core import queue
from motcua.sites.backoffice import findings
from motcua.sites.backoffice.findings import Finding

pytestmark = pytest.mark.django_db


def _jobs(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _job(status: str, since: str = "now()") -> None:
    """A job of this status, queued at this moment."""
    _jobs(
        "WITH job AS (INSERT INTO procrastinate_jobs (queue_name, task_name, status) "
        f"VALUES ('default', 'house.run', '{status}') RETURNING id) "
        f"UPDATE procrastinate_events SET at = {since} WHERE job_id = (SELECT id FROM job)"
    )
    _jobs(f"UPDATE procrastinate_events SET at = {since}")


def test_a_house_just_made_has_tables_and_a_catalogue() -> None:
    named = {found.name: found for found in findings.findings()}

    assert named["Cơ sở dữ liệu"].text.startswith("PostgreSQL ")
    assert named["Bảng dữ liệu"].well
    assert named["Danh mục thủ tục"].well
    assert named["Thư và tin nhắn"].well
    assert named["Việc nền"].well
    assert not named["Bộ xử lý việc nền"].well  # no worker runs in tests


def test_a_job_that_was_given_up_is_an_alarm() -> None:
    _job("failed")

    assert queue.state().failed == 1
    assert not findings.background().well


def test_a_job_that_waits_is_an_alarm_only_after_ten_minutes() -> None:
    _job("todo")
    assert findings.background().well

    _job("todo", "now() - interval '11 minutes'")

    assert queue.state().overdue == 2
    assert not findings.background().well


def test_a_job_whose_worker_died_is_an_alarm_one_at_work_is_not() -> None:
    _jobs("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    _job("doing")
    _jobs("UPDATE procrastinate_jobs SET worker_id = (SELECT max(id) FROM procrastinate_workers)")
    assert findings.background().well
    assert findings.workers().well

    _jobs("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '11 minutes'")

    assert queue.state().stalled == 1
    assert not findings.background().well
    assert not findings.workers().well


def test_tables_of_another_version_are_an_alarm() -> None:
    _jobs("DELETE FROM django_migrations WHERE app = 'workdays'")

    found = findings.migrations()

    assert not found.well
    assert "bin/run --prepare" in found.advice


def test_a_year_without_working_days_is_an_alarm() -> None:
    _jobs("DELETE FROM workdays_workyear")

    assert "Chưa có lịch làm việc" in findings.calendar().text
    assert not findings.calendar().well


@time_machine.travel("2026-11-22T09:00:00+07:00")
def test_a_calendar_changed_by_hand_is_an_alarm_that_says_which_day() -> None:
    _jobs("DELETE FROM workdays_dayoff WHERE day = '2026-11-24'")

    found = findings.calendar()

    assert not found.well
    assert "24/11/2026: nghỉ, Ngày Văn hóa Việt Nam → ngày thường" in found.text
    assert "--restore" in found.advice


@pytest.mark.parametrize(("day", "well"), [("2026-11-22", True), ("2026-12-16", False)])
def test_a_provisional_next_year_is_a_task_before_it_is_a_fault(day: str, well: bool) -> None:
    with time_machine.travel(f"{day}T09:00:00+07:00", tick=False):
        found = findings.calendar()

    assert found.well is well
    assert bool(found.task) is well
    assert ("trước 15/12/2026" in found.task) is well


def test_a_house_without_law_says_so() -> None:
    assert findings.law().text == "Đang áp dụng ND118, bản 1."
    _jobs("TRUNCATE law_legalprofile CASCADE")

    assert not findings.law().well
    assert "seed_profiles" in findings.law().advice


def test_an_empty_catalogue_is_an_alarm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "catalogue_page", lambda *, after, size: ((), 0))

    assert not findings.catalogue().well


def test_tables_that_cannot_be_read_are_told_not_thrown() -> None:
    found = findings._looked(_unreadable)

    assert not found.well
    assert "no_such_table" in found.text


def _unreadable() -> Finding:
    _jobs("SELECT * FROM no_such_table")
    return Finding("", "")


def test_reports_of_browsers_are_counted(tmp_path: Path, settings: object) -> None:
    settings.CSP_REPORTS = tmp_path / "csp.jsonl"  # type: ignore[attr-defined]  # the plugin's
    assert findings.page_policy().well

    report = '{"report": {"csp-report": {"document-uri": "/x", "violated-directive": "img-src"}}}'
    (tmp_path / "csp.jsonl").write_text(report + "\n")

    assert "1 vi phạm; gần đây: /x – img-src" in findings.page_policy().text
    assert not findings.page_policy().well


@pytest.mark.parametrize("line", ["{", "[]", '{"report": {"csp-report": []}}', '{"report": 3}'])
def test_a_line_that_no_browser_wrote_does_not_close_the_page(
    tmp_path: Path, settings: object, line: str
) -> None:
    settings.CSP_REPORTS = tmp_path / "csp.jsonl"  # type: ignore[attr-defined]  # the plugin's
    (tmp_path / "csp.jsonl").write_text(line + "\n")

    assert "1 vi phạm; gần đây: ? – ?" in findings.page_policy().text


@pytest.mark.parametrize(
    "body", ['{"csp-report": []}', '{"csp-report": "x"}', "[]", "3", '{"report": {}}', "{"]
)
def test_what_is_no_report_is_not_kept(
    client: Client, tmp_path: Path, settings: object, body: str
) -> None:
    settings.CSP_REPORTS = tmp_path / "csp.jsonl"  # type: ignore[attr-defined]  # the plugin's

    answer = client.post("/csp/", body, content_type="application/csp-report")

    assert answer.status_code == 400
    assert not (tmp_path / "csp.jsonl").exists()


def test_of_a_report_only_the_few_words_we_show_are_kept(
    client: Client, tmp_path: Path, settings: object
) -> None:
    settings.CSP_REPORTS = tmp_path / "csp.jsonl"  # type: ignore[attr-defined]  # the plugin's
    body = '{"csp-report": {"document-uri": {"a": 1}, "violated-directive": "img-src", "x": "y"}}'

    assert client.post("/csp/", body, content_type="application/csp-report").status_code == 204

    assert "img-src" in findings.page_policy().text
    assert '"x"' not in (tmp_path / "csp.jsonl").read_text()


def test_a_look_that_fails_says_so_and_the_others_are_still_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def page_policy() -> Finding:
        raise ZeroDivisionError("hỏng")

    monkeypatch.setattr(findings, "page_policy", page_policy)

    told = list(findings.findings())

    assert "page_policy: ZeroDivisionError: hỏng" in told[-1].text
    assert not told[-1].well
    assert told[0].well
