"""Which way a notice takes to a person, and when somebody cannot be reached at all."""

from collections.abc import Collection, Mapping, Sequence

from motcua.core.errors import Reason
from motcua.notices.types import Channel, Kind

NO_ACCOUNT = "_no_account"
# What each occasion is; any other is news of how the matter goes.
KINDS: dict[str, Kind] = {
    "supplement_asked": Kind.ACT,
    "more_asked": Kind.ACT,
    "still_lacking": Kind.ACT,
    "visit_planned": Kind.ACT,
    "dossier_rejected": Kind.ACT,
    "supply_near": Kind.ACT,
    "supply_waiting": Kind.ACT,
    "dossier_extended": Kind.LATE,
    "dossier_apologised": Kind.LATE,
    "date_moved": Kind.LATE,
    "due_date_moved": Kind.LATE,
    "answer_overdue": Kind.LATE,
    "result_overdue": Kind.LATE,
    "papers_mishandled": Kind.LATE,
    "papers_made_good": Kind.LATE,
    "result_ready": Kind.RESULT,
    "result_early": Kind.RESULT,
    "settled_at_once": Kind.RESULT,
    "result_reopened": Kind.RESULT,
    "result_reissued": Kind.RESULT,
    "dossier_refused": Kind.RESULT,
    "dossier_stopped": Kind.RESULT,
    "dossier_delivered": Kind.RESULT,
    "result_waiting": Kind.RESULT,
    "withdrawal_refused": Kind.RESULT,
    "withdrawal_lapsed": Kind.RESULT,
}
URGENT = frozenset({Kind.ACT})  # whose date may run out while people sleep in
PHONES = (Channel.ZALO, Channel.SMS)
CHOICES = (Channel.ZALO, Channel.SMS, Channel.EMAIL)


def kind_of(code: str) -> Kind:
    """What kind of notice an occasion is.

    Law: ACC-08
    """
    return KINDS.get(code.removesuffix(NO_ACCOUNT), Kind.PROGRESS)


def is_urgent(code: str) -> bool:
    """Whether an occasion may be told in quiet hours.

    Law: house rule
    """
    return kind_of(code) in URGENT


def ways(
    kind: Kind,
    chosen: Mapping[str, Sequence[str]] | None,
    reached_by: Collection[Channel],
    order: Sequence[str],
) -> tuple[Channel, ...]:
    """The channels to try, first the best: those the person chose, else e-mail before telephones.

    Who chose nothing for this kind gets it in the inbox alone. `reached_by` are the channels on
    which we have an address and the house can send.

    Law: ACC-08
    """
    known = [Channel(name) for name in order if name in CHOICES and name in reached_by]
    if chosen is not None:
        wanted = chosen.get(kind, [])
        return tuple(channel for channel in known if channel in wanted)
    if Channel.EMAIL in known:
        return (Channel.EMAIL,)
    return tuple(known)


def is_unreachable(failures: int, after: int) -> bool:
    """True when so many messages in a row were turned away by the person's own addresses.

    Law: house rule
    """
    return after > 0 and failures >= after


def choice_objections(
    typed: Mapping[Kind, Collection[str]], reached_by: Collection[Channel]
) -> list[Reason]:
    """What is wrong with somebody's choice: a channel on which we know no address of theirs.

    Law: ACC-08
    """
    asked = {name for names in typed.values() for name in names}
    unknown = sorted(asked - set(reached_by))
    if not unknown:
        return []
    told = "Có kênh chưa dùng được với tài khoản của ông/bà. Mời tải lại trang rồi chọn lại."
    return [Reason("channel_unknown", told, "channels")]
