"""What may be asked of a second person."""

from motcua.core.errors import Reason
from motcua.dossiers.rules.codes import is_code


def code_reasons(new: str, old: str, agency_code: str, *, is_taken: bool) -> list[Reason]:
    """Why a dossier cannot get this code: not a code, another agency's, or given out before.

    Law: COD-04, COD-06, SEC-05
    """
    if new == old:
        text = "Mã mới trùng mã đang dùng. Mời nhập mã khác."
    elif not is_code(new):
        text = f"“{new}” chưa đúng dạng mã hồ sơ, ví dụ {agency_code}-261122-0001."
    elif not new.startswith((f"{agency_code}-", "000.")):
        text = f"Mã hồ sơ của cơ quan này phải bắt đầu bằng {agency_code}-."
    elif is_taken:
        text = f"Mã {new} đã được cấp cho hồ sơ khác. Mời nhập mã khác."
    else:
        return []
    return [Reason("code_wrong", text, "code")]
