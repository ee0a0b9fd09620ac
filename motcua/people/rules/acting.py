"""On whose behalf one files: members of organisations, holders of mandates."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from motcua.core.errors import Reason
from motcua.people.parties import Behalf, MandateKind, MandateWords, MemberWords, ResultStore

PERSON, HOUSE = re.compile(r"\d{12}"), re.compile(r"\d{10}(-\d{3})?")
LONGEST = timedelta(days=5 * 366)
SCOPE_MOST = 50
NAME_MOST, ROLE_MOST = 200, 100


def not_covered(right: Behalf | None, procedure_code: str, on: date) -> list[Reason]:
    """Why somebody may not file for another today, under this procedure.

    Law: ACC-10, ACC-05
    """
    if right is None:
        text = (
            "Ông/bà không có quyền nộp thay cho người này. Mời chọn lại ở mục “Nộp cho”, hoặc đề nghị "
            "người đó lập ủy quyền trên Cổng."
        )
        return [Reason("behalf_unknown", text, field="behalf")]
    if right.ended_on is not None or (right.to_on is not None and right.to_on < on):
        last = min(day for day in (right.ended_on, right.to_on) if day is not None)
        text = (
            f"{right.what} đã hết hiệu lực từ ngày {last:%d/%m/%Y} nên không nộp thay được nữa. Mời "
            f"ông/bà đề nghị {right.name} lập lại."
        )
        return [Reason("behalf_over", text, field="behalf")]
    if right.from_on > on:
        text = f"{right.what} chỉ có hiệu lực từ ngày {right.from_on:%d/%m/%Y}. Mời nộp từ ngày đó."
        return [Reason("behalf_not_yet", text, field="behalf")]
    if right.procedures and procedure_code not in right.procedures:
        text = (
            f"{right.what} không gồm thủ tục này. Mời ông/bà đề nghị {right.name} lập ủy quyền có "
            "thủ tục này."
        )
        return [Reason("behalf_other_procedure", text, field="behalf")]
    return []


def giver_too_low(level: int, least: int) -> list[Reason]:
    """Why nobody may give a right that they could not use themselves, being known less surely.

    Law: ACC-04, ACC-10
    """
    if level >= least:
        return []
    text = (
        f"Có thủ tục cần đăng nhập bằng tài khoản định danh điện tử mức {least}, nên ủy quyền cho "
        f"người khác cũng cần mức {least}. Mời ông/bà xác thực ở đầu trang rồi làm lại."
    )
    return [Reason("identity_level", text)]


def mandate_objections(
    words: MandateWords, *, own_number: str, known: Sequence[str], today: date, has_document: bool
) -> list[Reason]:
    """What is wrong with a mandate as typed; `known` are the procedures that there are.

    Law: ACC-10, ACC-11, ACC-07
    """
    found = _party(words.attorney_number, words.attorney_name, own_number, "attorney")
    if words.kind not in (MandateKind.ATTORNEY, MandateKind.HIRED):
        found.append(Reason("kind_unknown", "Mời ông/bà chọn quan hệ ủy quyền.", field="kind"))
    if words.result_store not in set(ResultStore):
        text = "Mời ông/bà chọn nơi lưu kết quả điện tử."
        found.append(Reason("store_unknown", text, field="result_store"))
    found += _span(words.from_on, words.to_on, today, must_end=True)
    unknown = [code for code in words.procedures if code not in known]
    if unknown:
        text = f"Không có thủ tục {', '.join(unknown[:3])}. Mời xem lại mã thủ tục."
        found.append(Reason("procedure_unknown", text, field="procedures"))
    if len(words.procedures) > SCOPE_MOST:
        text = f"Mỗi ủy quyền kể nhiều nhất {SCOPE_MOST} thủ tục; mời để trống nếu gồm mọi thủ tục."
        found.append(Reason("procedures_many", text, field="procedures"))
    if not has_document:
        text = "Mời ông/bà tải lên văn bản ủy quyền."
        found.append(Reason("document_missing", text, field="document"))
    return found


def member_objections(words: MemberWords, *, own_number: str, today: date) -> list[Reason]:
    """What is wrong with a member of an organisation as typed.

    Law: ACC-05, ACC-07
    """
    found = _party(words.number, words.name, own_number, "member", persons_only=True)
    if not words.role:
        found.append(Reason("role_missing", "Chưa nhập chức vụ hoặc công việc.", field="role"))
    elif len(words.role) > ROLE_MOST:
        text = f"Chức vụ dài quá {ROLE_MOST} chữ. Mời viết gọn hơn."
        found.append(Reason("role_long", text, field="role"))
    return found + _span(words.from_on, words.to_on, today, must_end=False)


def _party(
    number: str, name: str, own_number: str, who: str, *, persons_only: bool = False
) -> list[Reason]:
    found, field = [], f"{who}_number"
    fits = PERSON.fullmatch(number) or (not persons_only and HOUSE.fullmatch(number))
    if not number.isascii() or not fits:
        asked = "số định danh 12 chữ số"
        more = "" if persons_only else ", hoặc mã số thuế 10 chữ số (10-3 với đơn vị phụ thuộc)"
        found.append(Reason("number_wrong", f"Mời ông/bà nhập {asked}{more}.", field=field))
    elif number == own_number:
        text = "Đây là số của chính ông/bà. Mời nhập số của người khác."
        found.append(Reason("number_own", text, field=field))
    if not name:
        text = "Chưa nhập họ tên, hoặc tên tổ chức."
        found.append(Reason("name_missing", text, field=f"{who}_name"))
    elif len(name) > NAME_MOST:
        text = f"Tên dài quá {NAME_MOST} chữ. Mời xem lại."
        found.append(Reason("name_long", text, field=f"{who}_name"))
    return found


def _span(from_on: date | None, to_on: date | None, today: date, *, must_end: bool) -> list[Reason]:
    if from_on is None:
        return [
            Reason("from_missing", "Mời ông/bà nhập ngày bắt đầu, như 01/12/2026.", field="from_on")
        ]
    if to_on is None:
        text = "Mời ông/bà nhập ngày kết thúc, như 31/12/2026."
        return [Reason("to_missing", text, field="to_on")] if must_end else []
    if to_on < from_on or to_on < today:
        text = "Ngày kết thúc phải từ hôm nay trở đi và không trước ngày bắt đầu."
        return [Reason("to_wrong", text, field="to_on")]
    if to_on - from_on > LONGEST:
        return [
            Reason(
                "too_long", "Thời hạn nhiều nhất là 5 năm. Mời chọn ngày sớm hơn.", field="to_on"
            )
        ]
    return []
