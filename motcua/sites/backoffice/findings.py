"""How the house is: one finding per part, each quick enough for a page that is looked at often.

`bin/doctor` prints the same findings, and those that take longer.
"""

import json
import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from django.utils.timezone import localdate

from motcua.agencies.queries import without_old_code
from motcua.core import clock, queue
from motcua.dossiers import form_templates
from motcua.dossiers.letters import late_unapologised
from motcua.dossiers.queries import open_alarms
from motcua.dossiers.recounts import unsettled
from motcua.dossiers.silence_queries import MOST, unheld
from motcua.dossiers.types import alarm_words
from motcua.law.queries import laws_on, profile_on
from motcua.law.types import CodeFormat, NoProfile
from motcua.notices.queries import unsent_letters
from motcua.notices.rules import masked, masked_phone
from motcua.procedures.queries import catalogue_page
from motcua.workdays.queries import (
    calendar_alarms,
    calendar_drift,
    calendar_tasks,
    latest_edition,
)

log = logging.getLogger(__name__)
RECENT_REPORTS = 5
PATIENCE = timedelta(days=1)  # for a second person to look at a recount
ENOUGH_DISK = 0.1  # of the whole


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: what, how it is, whether that is well, and else what to do.

    A `task` is not a fault: something to be done by a day that has not come yet.
    `page` is where to do it, when that is a page of the back office.
    """

    name: str
    text: str
    well: bool = True
    advice: str = ""
    task: str = ""
    page: str = ""


def findings() -> Iterator[Finding]:
    """Every quick finding; when the database does not answer, only what can be seen without it."""
    from motcua.sites.backoffice.journal_findings import sealed, vouched
    from motcua.sites.backoffice.link_findings import links

    first = _looked(database)
    yield first
    if first.well:
        for look in (
            migrations, calendar, recounted, law, old_codes, catalogue, letters, alarms, silence,
            apologies, forms, background, workers, sealed, vouched,
            links,
        ):  # fmt: skip
            yield _looked(look)
    for look in (disk, static_files, page_policy):
        yield _looked(look)


def _looked(look: Callable[[], Finding]) -> Finding:
    """What was found; a look that fails says so, and leaves the others their page."""
    try:
        return look()
    except Error as error:
        return Finding("Dữ liệu", f"Không đọc được: {error}", False, "Chạy bin/run --prepare.")
    except Exception as fault:
        log.exception("The look at %s failed.", look.__name__)
        told = f"Không xem được {look.__name__}: {type(fault).__name__}: {fault}"
        return Finding("Lỗi khi xem", told, False, "Xem nhật ký của bin/run; báo người phát triển.")


def database() -> Finding:
    """The database answers; its version and size."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('server_version'), "
                "pg_size_pretty(pg_database_size(current_database()))"
            )
            version, size = cursor.fetchone()
    except Error as error:
        advice = "Xem var/pg.log, hoặc máy chủ ghi trong DATABASE_URL."
        return Finding("Cơ sở dữ liệu", f"Không trả lời: {error}".strip(), False, advice)
    return Finding("Cơ sở dữ liệu", f"PostgreSQL {version}, {size}.")


def migrations() -> Finding:
    """Every table is as this version of the programs wants it."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        text = f"Còn {len(plan)} bước cập nhật bảng chưa chạy, đầu tiên là {plan[0][0]}."
        return Finding("Bảng dữ liệu", text, False, "Chạy bin/run --prepare.")
    return Finding("Bảng dữ liệu", "Đúng với bản đang chạy.")


def calendar() -> Finding:
    """The years in which dates are promised have their working days, and nobody touched the tables."""
    name, today = "Lịch làm việc", localdate(clock.now())
    told = [alarm.text for alarm in calendar_alarms(today)]
    advice = "Soạn và duyệt lịch ở /quan-tri/lich/ (hai người)."
    if drift := calendar_drift():
        told.insert(0, f"Bảng lịch đã bị sửa ngoài hệ thống: {'; '.join(drift[:RECENT_REPORTS])}.")
        advice = "Xem ai đã sửa; trả về bản đã duyệt: bin/manage work_calendar NĂM --restore."
    if told:
        return Finding(name, " ".join(told), False, advice)
    tasks = [f"trước {each.by:%d/%m/%Y}, {each.text}" for each in calendar_tasks(today)]
    return Finding(name, "Đủ cho các ngày hẹn.", task="; ".join(tasks))


def recounted() -> Finding:
    """The running dossiers were counted on the calendar in force, or somebody is about it."""
    name, owed = "Tính lại ngày hẹn", unsettled()
    if owed is None:
        return Finding(name, "Không bản lịch nào chờ tính lại.")
    more = " trở lên" if owed.dossiers >= MOST else ""
    text = (
        f"Bản lịch số {owed.edition} chưa tính lại: {owed.dossiers}{more} hồ sơ đang giải quyết "
        "còn ngày hẹn theo lịch cũ."
    )
    if owed.recount:
        page, todo = (
            reverse("backoffice:recount", args=[owed.recount]),
            f"Xem lần số {owed.recount}",
        )
        is_fresh = owed.asked_at is not None and clock.now() - owed.asked_at < PATIENCE
        task = f"duyệt hoặc bỏ lần tính lại số {owed.recount}" if is_fresh else ""
        return Finding(name, text, is_fresh, f"{todo}: duyệt, bỏ hoặc cho chạy tiếp.", task, page)
    page = reverse("backoffice:edition", args=[latest_edition()])
    return Finding(name, text, False, "Tính xem hồ sơ nào sẽ đổi ngày.", page=page)


def law() -> Finding:
    """Today has a law to work by."""
    try:
        profile = profile_on(localdate(clock.now()))
    except NoProfile as no:
        return Finding("Hồ sơ pháp lý", str(no), False, "Chạy bin/manage seed_profiles.")
    return Finding("Hồ sơ pháp lý", f"Đang áp dụng {profile.code}, bản {profile.version}.")


def old_codes() -> Finding:
    """Where the law has codes begin with the older identifier, every agency that gives any has one."""
    name, law_of = "Mã cũ của cơ quan", laws_on(localdate(clock.now()))
    lacking = [
        each.name for each in without_old_code()
        if (law := law_of(each.code)) and law.code_format is CodeFormat.OLD_IDENTIFIER
    ]  # fmt: skip
    if not lacking:
        return Finding(name, "Không cơ quan nào thiếu mã mà luật đang áp dụng cần đến.")
    text = (
        f"{len(lacking)} cơ quan có bộ phận Một cửa chưa có mã cũ nên mã hồ sơ vẫn theo mã mới, đầu "
        f"tiên là {lacking[0]}."
    )
    return Finding(name, text, False, "Nhập bằng bin/manage add_agency … --old-code.")


def catalogue() -> Finding:
    """The finder has procedures to find."""
    _, count = catalogue_page(after="", size=1)
    if not count:
        advice = "Chạy bin/manage seed_catalogue, hoặc import_procedures TỆP --publish."
        return Finding("Danh mục thủ tục", "Chưa công bố thủ tục nào.", False, advice)
    return Finding("Danh mục thủ tục", f"{count} thủ tục đang công bố, tìm được.")


def letters() -> Finding:
    """Letters that failed for good, or that nobody has tried to send for a day."""
    failed = unsent_letters()
    if failed:
        last = failed[-1]
        text = f"{len(failed)} thư không gửi được; gần nhất: {masked(last.to) or masked_phone(last.to)}: {last.trouble}"
        advice = "Gửi lại, hoặc báo người nhận bằng cách khác rồi bỏ thư."
        return Finding("Thư và tin nhắn", text, False, advice, page=reverse("backoffice:letters"))
    return Finding("Thư và tin nhắn", "Không có thư hay tin nào bị trả lại.")


def alarms() -> Finding:
    """What the watch has found and nobody has answered yet; and whether everybody was told."""
    name, found = "Cảnh báo thời hạn", open_alarms()
    if not found:
        return Finding(name, "Không có hồ sơ nào đang bị cảnh báo.")
    said = (f"{a.number} {alarm_words(a.kind, a.level)}" for a in found)
    text, untold = f"Hồ sơ: {', '.join(said)}.", sum(a.untold for a in found)
    if not untold:
        return Finding(name, text)
    advice = "Giao vị trí cán bộ tiếp nhận và lãnh đạo cho cơ quan đó: bin/manage add_post."
    return Finding(name, f"{text} {untold} cảnh báo không có ai để báo.", False, advice)


def silence() -> Finding:
    """The invariant of the watch: an open dossier has somebody who has it, and a clock that runs."""
    count = unheld()
    more = " trở lên" if count >= MOST else ""
    text = f"Hồ sơ đang mở không có người giữ hoặc không có hạn: {count}{more}."
    advice = "Xem ở mục Cảnh báo; giao vị trí còn trống bằng bin/manage add_post."
    return Finding("Không im lặng", text, not count, advice, page=reverse("backoffice:alarms"))


def apologies() -> Finding:
    """Nobody waits past the promised day without a letter that says why."""
    name, late = "Thư xin lỗi", late_unapologised()
    if not late:
        return Finding(name, "Không có hồ sơ quá hạn nào thiếu thư xin lỗi.")
    more = " trở lên" if late >= MOST else ""
    text = f"{late}{more} hồ sơ đã quá hạn mà người nộp chưa nhận được thư xin lỗi."
    advice = "Lãnh đạo cơ quan mở danh sách “Trễ hẹn chưa xin lỗi” và gửi thư."
    return Finding(name, text, False, advice)


def forms() -> Finding:
    """The words of the house have a place for everything its papers say by now."""
    name, told = "Mẫu giấy", "; ".join(each.told for each in form_templates.lacking())
    if not told:
        return Finding(name, "Không mẫu nào thiếu chỗ điền mà phần mềm đã thêm.")
    text, page = f"Lời của cơ quan chưa có chỗ điền mới: {told}.", reverse("backoffice:forms")
    advice = "Soạn bản mới có các chỗ điền ấy (xem CHANGELOG); người thứ hai duyệt."
    return Finding(name, text, False, advice, page=page)


def background() -> Finding:
    """Jobs flow: none given up, none waiting for long, none left behind by a worker that died."""
    now = queue.state()
    text = (
        f"{now.waiting} việc đang chờ ({now.overdue} quá 10 phút), {now.stalled} việc treo, "
        f"{now.failed} việc không làm được."
    )
    advice = "Xem nhật ký của worker; làm lại từng việc như docs/run/faults.md chỉ."
    return Finding("Việc nền", text, not (now.overdue or now.stalled or now.failed), advice)


def workers() -> Finding:
    """Somebody works on the jobs, and the clock ticks."""
    count = queue.state().workers
    advice = "Khởi động lại bin/run (chương trình worker)."
    return Finding("Bộ xử lý việc nền", f"{count} bộ đang chạy.", count > 0, advice)


def disk() -> Finding:
    """There is room for the files of the next weeks."""
    root = settings.FILES_ROOT
    usage = shutil.disk_usage(root if root.exists() else settings.BASE_DIR)
    text = f"Còn trống {usage.free / usage.total:.0%} ({usage.free // 2**30} GB)."
    advice = "Thêm đĩa, hoặc chuyển MOTCUA_VAR sang đĩa lớn hơn."
    return Finding("Kho tệp", text, usage.free / usage.total > ENOUGH_DISK, advice)


def static_files() -> Finding:
    """Style and scripts were collected, so that each is sent once and kept."""
    if (settings.STATIC_ROOT / "staticfiles.json").exists():
        return Finding("Tệp tĩnh", "Đã gom.")
    return Finding("Tệp tĩnh", "Chưa gom.", False, "Chạy bin/run --prepare.")


def page_policy() -> Finding:
    """What browsers reported against the Content-Security-Policy."""
    name, path = "Chính sách bảo mật trang", settings.CSP_REPORTS
    if not path.exists():
        return Finding(name, "Không trang nào vi phạm.")
    lines = path.read_text(encoding="utf-8").splitlines()
    last = "; ".join(_blocked(line) for line in lines[-RECENT_REPORTS:])
    advice = f"Báo người phát triển, rồi xóa {path}."
    return Finding(name, f"{len(lines)} vi phạm; gần đây: {last}.", False, advice)


def _blocked(line: str) -> str:
    """The page and the rule of one report; "?" for a line that says neither."""
    try:
        told = json.loads(line)["report"]
        inner = told.get("csp-report", told)
        return f"{inner.get('document-uri', '?')} – {inner.get('violated-directive', '?')}"
    except (ValueError, KeyError, TypeError, AttributeError):
        return "? – ?"  # written by an older version, or cut off by a full disk
