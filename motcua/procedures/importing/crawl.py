"""The record shape of the public crawl: one flat record per procedure, names in English."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from motcua.core.text import fold
from motcua.procedures.importing import cleaning, reading
from motcua.procedures.importing.cleaning import RawPaper
from motcua.procedures.importing.dates import decision_date
from motcua.procedures.importing.flaws import Flaws
from motcua.procedures.importing.leftovers import CRAWL, note_leftovers
from motcua.procedures.importing.reading import text, texts
from motcua.procedures.types import ChannelTerm, Detail, Fee, LegalBasis, ResultKind, StepText

_CHANNELS = {"direct": "direct", "online": "online", "postal": "post", "post": "post"}

_BEGINNING = re.compile(
    r"^(Miễn phí|Không có thông tin|[\d.,]+ (Việt Nam Đồng|VNĐ|USD)) *(\([^)]*\))?"
)
_ENDING = re.compile(r"(Trực tiếp|Trực tuyến|Dịch vụ bưu chính)$")
_FRAME = re.compile(
    r"Hình thức nộpThời gianPhí, lệ phíMô tả|Không có thông tin"
    r"|Trực tiếp|Trực tuyến|Dịch vụ bưu chính|\s"
)
_AMOUNT = re.compile(r"[1-9][\d.,]* ?(dong|vnd|d/|trieu)")


def detail(record: Mapping[str, Any], flaws: Flaws) -> Detail | None:
    """The procedure of this record, or none when it has no usable code or name."""
    code, name = text(record.get("code")), text(record.get("name"))
    flaws.code = code
    if not cleaning.usable(code, name, flaws):
        return None
    note_leftovers(record, CRAWL, flaws)
    found = Detail(
        code=code,
        name=name,
        kind=text(record.get("kind")),
        field=text(record.get("field")),
        ministry_code=text(record.get("ministry_code")),
        ministry=text(record.get("ministry")),
        decision=text(record.get("decision")),
        levels=texts(record.get("levels")),
        subjects=texts(record.get("subjects")),
        agencies=texts(record.get("executing_agencies")),
        agencies_text=text(record.get("executing_text")),
        competent_agency=text(record.get("competent_authority")),
        delegated_agency=text(record.get("delegated")),
        coordinating_agency=text(record.get("coordinating")),
        receiving_address=text(record.get("receiving_address")),
        keywords=text(record.get("keywords")),
        steps=tuple(_steps(record)),
        channels=tuple(_channels(record, flaws)),
        results=tuple(_results(record)),
        legal_bases=tuple(_legal_bases(record, flaws)),
        conditions=text(record.get("conditions")),
        source_url=text(record.get("source_url")),
        source_id=text(record.get("formality_id")),
        decided_on=decision_date(text(record.get("decision"))),
    )
    found = _papered(record, found, flaws)
    found = replace(found, is_offline=_is_offline(record, found.channels, flaws))
    cleaning.check_missing(found, flaws)
    cleaning.check_sizes(found, flaws)
    return found


def _papered(record: Mapping[str, Any], detail: Detail, flaws: Flaws) -> Detail:
    """The detail with its papers, the notes among them, and how many sets are asked for."""
    papers = cleaning.slots(_papers(record, flaws), flaws)
    return replace(
        detail,
        slots=papers.slots,
        paper_notes=(*papers.notes, *_notes(record, flaws)),
        sets=cleaning.sets_in(_told(record)),
    )


def _steps(record: Mapping[str, Any]) -> Iterator[StepText]:
    """The steps in the order that the source numbers them."""
    given = list(record.get("steps") or ())
    if all(isinstance(step.get("order"), int) for step in given):
        given.sort(key=lambda step: step["order"])
    for step in given:
        yield StepText(text(step.get("text")))


def _results(record: Mapping[str, Any]) -> Iterator[ResultKind]:
    """What the applicant gets in the end."""
    for result in record.get("results") or ():
        yield ResultKind(text(result.get("name")), text(result.get("code")))


def _told(record: Mapping[str, Any]) -> Iterator[str]:
    """Where a source may say how many sets it wants: headings, notes, names of papers."""
    for case in record.get("document_cases") or ():
        yield text(case.get("case"))
        yield text(case.get("note"))
        for paper in case.get("documents") or ():
            yield text(paper.get("name"))


def _is_offline(record: Mapping[str, Any], channels: tuple[ChannelTerm, ...], flaws: Flaws) -> bool:
    """Whether the source says that it cannot be filed online; where it contradicts itself is told.

    Law: LVL-02
    """
    said = record.get("online_submission")
    has_channel = any(term.channel == "online" for term in channels)
    if said is False and has_channel:
        done = "Không coi là toàn trình"
        flaws.note("online_submission", "Có kênh trực tuyến mà ghi chưa nộp trực tuyến", done)
    if said is True and not has_channel:
        done = "Coi là chưa mở nộp trực tuyến"
        flaws.note("online_submission", "Ghi nộp trực tuyến mà không có kênh trực tuyến", done)
    return said is False


def _legal_bases(record: Mapping[str, Any], flaws: Flaws) -> list[LegalBasis]:
    """The legal documents with their names, taken apart from the text that runs them together."""
    numbers, told = texts(record.get("legal_documents")), text(record.get("legal_text"))
    names = _names_of(numbers, told)
    found = [LegalBasis(*pair) for pair in zip(numbers, names or [""] * len(numbers), strict=True)]
    if told and not names:
        done = "Ghi số hiệu, rồi nguyên lời ở cuối danh sách"
        flaws.note("legal_text", "Không tách được tên văn bản", done, told)
        found.append(LegalBasis(told))
    return found


def _names_of(numbers: tuple[str, ...], told: str) -> list[str]:
    """The name before each number, or none at all where the text cannot be cut up for certain.

    After a name comes its number, and right behind it, without a space, the next name.
    """
    names, rest = [], told
    for number in numbers:
        ends = re.search(rf"{re.escape(number)}(?=[^\W\d_]|\s*$)", rest)
        if not ends:
            return []
        names.append(rest[: ends.start()].strip())
        rest = rest[ends.end() :]
    return [] if rest.strip() else names


def _notes(record: Mapping[str, Any], flaws: Flaws) -> Iterator[str]:
    """What the source says beside the papers of a case, and the cases that ask for none."""
    cases = record.get("document_cases") or ()
    named = [(text(case.get("case")).strip(" .:;"), bool(case.get("documents"))) for case in cases]
    yield from cleaning.empty_cases(named, flaws)
    for case in cases:
        note = text(case.get("note")).strip(" .:;")
        if note:
            yield note


def _papers(record: Mapping[str, Any], flaws: Flaws) -> Iterator[RawPaper]:
    """Every paper of every case, in order."""
    for case in record.get("document_cases") or ():
        for paper in case.get("documents") or ():
            yield RawPaper(
                text(paper.get("name")),
                text(case.get("case")),
                reading.copies(paper.get("original"), "documents.original", flaws),
                reading.copies(paper.get("copy"), "documents.copy", flaws),
            )


def _channels(record: Mapping[str, Any], flaws: Flaws) -> Iterator[ChannelTerm]:
    """Every option of every channel, in order."""
    _check_text(record, flaws)
    for channel in record.get("channels") or ():
        kind = _CHANNELS.get(text(channel.get("channel")))
        if kind is None:
            told = text(channel.get("label")) or str(channel)[:80]
            flaws.note("channels", "Kênh nộp không rõ", "Coi là trực tiếp", told)
        options: list[Mapping[str, Any]] = channel.get("options") or [{}]
        for option in options:
            yield _option(kind or "direct", option, flaws, is_one_of_many=len(options) > 1)


def _option(
    kind: str, option: Mapping[str, Any], flaws: Flaws, *, is_one_of_many: bool
) -> ChannelTerm:
    """One option: a time limit and its fees; where there are several, its words say for which case."""
    where = f"channels.{kind}"
    limit = option.get("duration") or {}
    words = text(option.get("text"))
    fees = tuple(_fees(option, where, flaws))
    free = bool(option.get("free"))
    charges = any(fee.amount and fee.currency != "%" for fee in fees)
    charges = charges or (free and bool(_AMOUNT.search(fold(words))))
    if free and charges:
        flaws.note(where, "Ghi miễn phí nhưng có mức thu", "Coi là có thu phí", words)
    note = words.removeprefix("Miễn phí").strip("() ")
    duration, unread = reading.duration(limit.get("value"), limit.get("unit"), where, flaws)
    beside = _case_words(words)
    return ChannelTerm(
        channel=kind,
        duration=duration,
        note=". ".join(filter(None, (unread, "" if is_one_of_many or not fees else beside))),
        free=free and not charges,
        fees=fees,
        fee_note=note if not fees else "",
        case=beside if is_one_of_many else "",
    )


def _check_text(record: Mapping[str, Any], flaws: Flaws) -> None:
    """Report where the table as text says something else than the options read from it."""
    table = "".join(
        f"{channel.get('label') or ''}{_limit_words(option)}{option.get('text') or ''}"
        for channel in record.get("channels") or ()
        for option in channel.get("options") or ()
    )
    told = text(record.get("channels_text"))
    if told and _bare(told) != _bare(table):
        done = "Nhập theo từng kênh, bỏ bảng lời"
        flaws.note("channels_text", "Bảng lời khác với từng kênh", done, told)


def _limit_words(option: Mapping[str, Any]) -> str:
    limit = option.get("duration") or {}
    return "".join(str(limit.get(name) or "") for name in ("value", "unit"))


def _bare(told: str) -> str:
    """A table as text without its heading, its channels, its “no information” and its spaces."""
    return _FRAME.sub("", told)


def _case_words(words: str) -> str:
    """What an option says of itself, without the price it begins with and the channel it ends with."""
    return _ENDING.sub("", _BEGINNING.sub("", words)).strip(" -+.;:")


def _fees(option: Mapping[str, Any], where: str, flaws: Flaws) -> Iterator[Fee]:
    """The amounts of one option."""
    for item in option.get("fees") or ():
        amount = reading.money(item.get("amount"))
        note = text(item.get("note"))
        if amount is None:
            flaws.note(where, "Không đọc được số tiền", "Giữ lời ghi", str(item.get("amount")))
            note = note or text(item.get("amount"))
        unit = reading.currency(item.get("currency"), where, flaws) if amount else ""
        yield reading.fee(
            Fee(amount or 0, note, doubtful=amount is None, currency=unit), where, flaws
        )
