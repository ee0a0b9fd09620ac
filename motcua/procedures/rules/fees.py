"""What a procedure costs, in words: in the currency of the source, and never more than it says."""

from collections.abc import Iterable

from motcua.procedures.rules.short import shortened
from motcua.procedures.types import ChannelTerm, Fee


def fee_text(channels: Iterable[ChannelTerm]) -> str:
    """What it costs, in one line; an amount the source got wrong is not quoted.

    Law: CAT-01
    """
    terms = list(channels)
    fees = [fee for term in terms for fee in term.fees if fee.amount]
    sure = [fee for fee in fees if not fee.doubtful]
    free = bool(terms) and all(term.free for term in terms)
    if not sure:
        noted = "" if fees else next((term.fee_note for term in terms if term.fee_note), "")
        if free:
            return "Không mất phí"
        return shortened(noted, 160) or "Theo thông báo của cơ quan tiếp nhận"
    most = "tối đa " if any(fee.kind == "cap" for fee in fees) else ""
    told = "; ".join(_range_of(sure, unit) for unit in sorted({fee.currency for fee in sure}))
    notes = {fee.note.strip() for fee in sure}
    if len(notes) == 1 and len({(fee.amount, fee.currency) for fee in sure}) == 1:
        note = shortened(notes.pop(), 100)  # “mỗi bản sao”: the amount means nothing without it
        told += note if note.startswith("/") else f" ({note})" if note else ""
    if "từ " in told:
        told = f"{told}, tùy trường hợp"
    elif any(term.free for term in terms):
        told = f"{most}{told}; có trường hợp miễn phí"
    else:
        told = f"{most}{told}"
    return told[0].upper() + told[1:]


def _range_of(fees: Iterable[Fee], currency: str) -> str:
    """The amounts in one currency, from the least to the most."""
    amounts = sorted({fee.amount for fee in fees if fee.currency == currency})
    least, most = money(amounts[0], currency), money(amounts[-1], currency)
    return least if least == most else f"từ {least} đến {most}"


def fee_lines(fees: Iterable[Fee]) -> list[tuple[str, str]]:
    """(amount, note) of each fee, as the procedure page lists them.

    Law: house rule
    """
    return [(_fee_words(fee), fee.note) for fee in fees]


def _fee_words(fee: Fee) -> str:
    """An amount as it is told; none to one that must be asked about, or that only has words."""
    if fee.doubtful:
        asked = "cần hỏi lại cơ quan tiếp nhận"
        return (
            f"{money(fee.amount, fee.currency)} ({asked})" if fee.currency else asked.capitalize()
        )
    return money(fee.amount, fee.currency)


def money(amount: int, currency: str = "") -> str:
    """An amount in đồng, or in the currency that the source names.

    Law: CAT-01
    """
    grouped = f"{amount:,}".replace(",", ".")
    return f"{grouped} {currency or 'đồng'}"


def dong(amount: int) -> str:
    """An amount with the separators Vietnamese readers expect.

    Law: house rule
    """
    return money(amount)
