"""Judgements about what is handed in, and whose it is."""

from collections.abc import Collection, Sequence

from motcua.core.errors import Reason
from motcua.core.text import fold
from motcua.dossiers.types import Channel, Delivery
from motcua.dossiers.workflow import STEP_TEXTS, Step
from motcua.law.types import FilingPlace, Level, PortalMode
from motcua.law.words import LEVELS
from motcua.procedures.forms.checks import person_or_enterprise_problem

DRAFTS_MAX = 50


def case_unknown(cases: Sequence[str], case: str) -> list[Reason]:
    """A reason when the case is none of the procedure's, or was not chosen out of several.

    Law: CAT-06, INT-01
    """
    if case in cases or (not case and len(cases) < 2):
        return []
    if case:
        text = "Thủ tục không có trường hợp này. Mời chọn lại một trường hợp."
        return [Reason("case_unknown", text, field="case")]
    text = "Chưa chọn trường hợp. Mời chọn một trường hợp để biết cần giấy tờ gì."
    return [Reason("case_missing", text, field="case")]


def nothing_changed(is_same: bool) -> list[Reason]:
    """A reason when what comes as a supplement is exactly what the desk already has.

    Law: INT-07
    """
    if not is_same:
        return []
    text = (
        "Chưa có gì được bổ sung: giấy tờ và tờ khai vẫn như lần nộp trước. "
        "Mời thêm giấy tờ hoặc sửa nội dung cơ quan đề nghị rồi gửi."
    )
    return [Reason("nothing_changed", text)]


def taken_back_by_two(*, is_accepted: bool) -> list[Reason]:
    """A reason when one official alone would take back what was accepted: it takes two persons.

    Law: ST-18, SEC-05
    """
    if not is_accepted:
        return []
    text = (
        "Hồ sơ đã tiếp nhận: một mình anh/chị không rút được. Mời lập đề nghị “Rút hồ sơ theo lời "
        "người nộp tại quầy” ở phần Việc khác để lãnh đạo xác nhận."
    )
    return [Reason("takes_two", text)]


def not_for_the_desk(step: Step, channel: str) -> list[Reason]:
    """A reason when an official would supplement or withdraw what somebody filed without the desk.

    Law: house rule
    """
    if step not in (Step.SUPPLEMENT, Step.HAND_IN, Step.WITHDRAW) or channel in (
        Channel.COUNTER,
        Channel.POST,
    ):
        return []
    text = (
        "Hồ sơ này không nộp tại quầy hay qua bưu chính nên chỉ người nộp mới "
        f"“{STEP_TEXTS[step].lower()}” được. Mời hướng dẫn người nộp làm trên nơi họ đã nộp."
    )
    return [Reason("not_filed_here", text)]


def filed_elsewhere(place: FilingPlace) -> list[Reason]:
    """A reason when people file this service on another portal; the desk and partners hand in here all the same.

    Law: LAW-R3, LAW-R4
    """
    if place.is_here:
        return []
    national = place.mode is PortalMode.NATIONAL
    where = "Cổng Dịch vụ công quốc gia" if national else "hệ thống của bộ, ngành"
    at = f" tại {place.address}" if place.address else ""
    text = (
        f"Thủ tục này nộp trực tuyến trên {where}{at}, không nộp trên cổng này. "
        "Mời ông/bà nộp ở đó, hoặc mang giấy tờ tới bộ phận Một cửa."
    )
    return [Reason("filed_elsewhere", text, field="agency")]


LEVEL_OF_KIND = {
    "ministry": Level.MINISTRY, "province": Level.PROVINCE, "department": Level.PROVINCE,
    "centre": Level.PROVINCE, "district": Level.DISTRICT, "commune": Level.COMMUNE,
}  # fmt: skip


def level_gone(
    agency_kind: str, levels: Collection[Level], *, is_filed: bool = False
) -> list[Reason]:
    """A reason when the law of the day knows no agencies of this level any more.

    What was filed before can only be rejected, with the place where it is filed now.

    Law: LAW-R1
    """
    level = LEVEL_OF_KIND.get(agency_kind)
    if level is None or level in levels:
        return []
    text = (
        f"Theo quy định đang áp dụng, {LEVELS[level].lower()} không còn tiếp nhận, giải quyết thủ tục. "
        "Hồ sơ nộp tại cơ quan ở cấp đang áp dụng."
    )
    if is_filed:
        text += (
            " Hồ sơ này nộp trước khi quy định đổi nên chỉ còn “Từ chối tiếp nhận”: mời anh/chị bấm "
            "nút ấy và ghi nơi nộp đúng để người nộp làm lại."
        )
    return [Reason("level_gone", text, field="agency")]


def not_in_force(began_under: int, in_force: int | None) -> list[Reason]:
    """A reason when the version of a draft is no longer `in_force`; none is when it was abolished.

    Law: CAT-07, CAT-09
    """
    if began_under == in_force:
        return []
    if in_force is None:
        text = (
            "Thủ tục này đã bãi bỏ sau khi ông/bà lập bản nháp nên không nộp được nữa. Mời ông/bà "
            "xem trang của thủ tục để biết bãi bỏ từ ngày nào, theo quyết định nào."
        )
        return [Reason("procedure_abolished", text)]
    text = (
        "Thủ tục này đã được sửa đổi sau khi ông/bà lập bản nháp nên không nộp bản này được nữa. "
        "Mời ông/bà bắt đầu lại theo quy định mới; nội dung đã khai được chép sang."
    )
    return [Reason("procedure_replaced", text)]


def too_many_drafts(drafts: int, most: int = DRAFTS_MAX) -> list[Reason]:
    """A reason when somebody keeps as many open drafts as one may.

    Law: house rule
    """
    if drafts < most:
        return []
    text = (
        f"Ông/bà đang có {drafts} bản nháp chưa nộp, là số nhiều nhất được giữ. "
        "Mời nộp hoặc xóa bớt bản nháp ở “Hồ sơ của tôi” rồi bắt đầu hồ sơ mới."
    )
    return [Reason("too_many_drafts", text)]


def owner_number(number: str, field: str) -> list[Reason]:
    """A reason when the number of an owner is neither a person's nor an enterprise's.

    Law: EF-04, RCV-07
    """
    problem = person_or_enterprise_problem(number) if number else ""
    return [Reason("owner_number_wrong", problem, field=field)] if problem else []


def another_person(name: str, known_as: str) -> list[Reason]:
    """A reason when a number that we know is typed beside the name of somebody else.

    Case and marks do not matter. Law: ACC-10, RCV-07
    """
    if fold(name) == fold(known_as):
        return []
    text = (
        "Số định danh này đã có trong hệ thống với họ tên khác. Mời đối chiếu với căn cước và sửa "
        "số định danh hoặc họ tên cho khớp."
    )
    return [Reason("owner_number_of_another", text, field="national_id")]


def way_of_delivery(wanted: str, has_account: bool) -> Delivery:
    """How the result is given: as wanted; who has no account cannot fetch it on the portal.

    Law: ST-16, RCV-03
    """
    if wanted in (Delivery.COUNTER, Delivery.POST):
        return Delivery(wanted)
    return Delivery.ONLINE if has_account else Delivery.COUNTER


def identity_too_low(level: int, least: int) -> list[Reason]:
    """A reason when somebody must prove more surely who they are before they file this.

    Law: ACC-04
    """
    if level >= least:
        return []
    text = (
        f"Thủ tục này cần đăng nhập bằng tài khoản định danh điện tử mức {least}. Mời ông/bà xác "
        "thực lại; những gì đã khai vẫn được giữ."
    )
    return [Reason("identity_level", text)]


def not_over_the_wire(least: int) -> list[Reason]:
    """A reason when a partner's system sends what asks for more proof than a system can give.

    Law: ACC-04
    """
    if least <= 1:
        return []
    text = (
        f"Thủ tục này cần người nộp tự đăng nhập mức {least} trên Cổng, hoặc đến bộ phận một cửa."
    )
    return [Reason("identity_level_needed", text, field="procedure_code")]


def not_at_once(at_once: bool) -> list[Reason]:
    """Why a dossier cannot be settled while the applicant waits: its procedure is not of that kind.

    Law: RCV-06
    """
    if at_once:
        return []
    text = (
        "Thủ tục này không phải thủ tục trả kết quả ngay. Mời bấm Tiếp nhận để lập giấy hẹn và "
        "chuyển giải quyết."
    )
    return [Reason("not_at_once", text)]
