"""The two sets of forms: which papers each has, their numbers and names, and the paper they take.

Law: FRM-04, FRM-07, FRM-08
"""

from dataclasses import dataclass

from motcua.dossiers.slips.forms import TITLES, SlipKind
from motcua.law.types import FormSet

K = SlipKind

# The number printed at the foot; papers in use that the circular does not number have none.
NUMBERS: dict[FormSet, dict[SlipKind, str]] = {
    FormSet.TT01_2018: {
        K.APPOINTMENT: "01", K.SUPPLEMENT: "02", K.REJECTION: "03", K.APOLOGY: "04",
        K.CONTROL: "05", K.REGISTER: "06",
    },
    FormSet.TT03_2025: {
        K.APPOINTMENT: "01", K.SUPPLEMENT: "02", K.REJECTION: "03", K.APOLOGY: "04",
        K.STOP: "05", K.CONTROL: "06", K.REGISTER: "07",
    },
}  # fmt: skip
UNNUMBERED = (
    K.TRANSFER_LIST, K.MINUTES, K.RESULT_LIST, K.RETURN_RECEIPT, K.VISIT, K.URGING,
)  # fmt: skip

# Between the number of the dossier and the turn: H99.31-261122-0001/XLHS-7
LETTERS = {
    K.APPOINTMENT: "TNHS", K.SUPPLEMENT: "BSHS", K.REJECTION: "TCHS", K.APOLOGY: "XLHS",
    K.STOP: "DGHS", K.CONTROL: "KSHS", K.REGISTER: "STD", K.TRANSFER_LIST: "BGHS",
    K.MINUTES: "GNHS", K.RESULT_LIST: "BGKQ", K.RETURN_RECEIPT: "TKQ",
    K.VISIT: "XMTD", K.URGING: "DDHS",
}  # fmt: skip

_OLD_TITLES = {K.APOLOGY: "Phiếu xin lỗi và hẹn lại ngày trả kết quả"}


@dataclass(frozen=True)
class Layout:
    """The paper a form is printed on."""

    paper: str = "a5"
    landscape: bool = False


_LAYOUTS = {
    K.CONTROL: Layout("a5", landscape=True),
    K.REGISTER: Layout("a4", landscape=True),
    K.TRANSFER_LIST: Layout("a4", landscape=True),
    K.MINUTES: Layout("a4", landscape=True),
    K.RESULT_LIST: Layout("a4", landscape=True),
    K.URGING: Layout("a4"),
}


def kinds_of(form_set: FormSet) -> tuple[SlipKind, ...]:
    """Every paper of a set, the numbered ones first."""
    return (*NUMBERS[form_set], *UNNUMBERED)


def number_in(form_set: FormSet, kind: SlipKind) -> str:
    """The number of a form in a set; empty when the set has no such number."""
    return NUMBERS[form_set].get(kind, "")


def title_in(form_set: FormSet, kind: SlipKind) -> str:
    """What a set calls a paper."""
    old = _OLD_TITLES if form_set is FormSet.TT01_2018 else {}
    return old.get(kind, TITLES[kind])


def layout_of(kind: SlipKind) -> Layout:
    """The size of a paper: A5; the register, the lists and the letters to units A4."""
    return _LAYOUTS.get(kind, Layout())
