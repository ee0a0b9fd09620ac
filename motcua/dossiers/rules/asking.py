"""What may be asked of a second person."""

from collections.abc import Sequence
from datetime import date

from motcua.core.errors import Reason
from motcua.dossiers.rules.codes import day_in, is_code


def code_reasons(
    new: str,
    old: str,
    agency_codes: Sequence[str],
    *,
    today: date,
    is_taken: bool,
    was_its_own: bool = False,
) -> list[Reason]:
    """Why a dossier cannot get this code: not a code, another agency's, given out or still to be.

    The numbers of today and of days to come are the counter's: one given by hand would stop the
    desk when its turn comes. `agency_codes` are the identifiers of the agency, the present one first.

    Law: COD-04, COD-06, SEC-05
    """
    day, starts = day_in(new), tuple(f"{code}-" for code in agency_codes if code)
    if new == old:
        text = "Mã mới trùng mã đang dùng. Mời nhập mã khác."
    elif not is_code(new) or day is None:
        text = f"“{new}” chưa đúng dạng mã hồ sơ, ví dụ {agency_codes[0]}-261122-0001."
    elif not new.startswith(starts):
        text = f"Mã hồ sơ của cơ quan này phải bắt đầu bằng {' hoặc '.join(starts)}."
    elif day >= today and not was_its_own:
        text = "Mã của hôm nay và những ngày sau do hệ thống cấp khi tiếp nhận. Mời nhập mã của ngày đã qua."
    elif is_taken:
        text = f"Mã {new} đã được cấp cho hồ sơ khác. Mời nhập mã khác."
    else:
        return []
    return [Reason("code_wrong", text, "code")]
