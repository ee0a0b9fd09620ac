"""The record shape of the public crawl: one flat record per procedure, names in English."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from motcua.core.text import fold
from motcua.procedures.importing import cleaning
from motcua.procedures.importing.cleaning import RawPaper, count, text, texts
from motcua.procedures.importing.dates import decision_date
from motcua.procedures.importing.flaws import Flaws
from motcua.procedures.types import ChannelTerm, Detail, Fee, LegalBasis, ResultKind, StepText

_CHANNELS = {"direct": "direct", "online": "online", "postal": "post", "post": "post"}

_BEGINNING = re.compile(
    r"^(Miễn phí|Không có thông tin|[\d.,]+ (Việt Nam Đồng|VNĐ|USD)) *(\([^)]*\))?"
)
_ENDING = re.compile(r"(Trực tiếp|Trực tuyến|Dịch vụ bưu chính)$")
_AMOUNT = re.compile(r"[1-9][\d.,]* ?(dong|vnd|d/|trieu)")


def detail(record: Mapping[str, Any], flaws: Flaws) -> Detail | None:
    """The procedure of this record, or none when it has no usable code or name."""
    code, name = text(record.get("code")), text(record.get("name"))
    flaws.code = code
    if not cleaning.usable(code, name, flaws):
        return None
    slots, notes = cleaning.slots(_papers(record), flaws)
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
        steps=tuple(StepText(text(step.get("text"))) for step in record.get("steps") or ()),
        channels=tuple(_channels(record, flaws)),
        slots=slots,
        paper_notes=(*notes, *_notes(record)),
        results=tuple(_results(record)),
        legal_bases=tuple(LegalBasis(number) for number in texts(record.get("legal_documents"))),
        conditions=text(record.get("conditions")),
        source_url=text(record.get("source_url")),
        source_id=text(record.get("formality_id")),
        decided_on=decision_date(text(record.get("decision"))),
        sets=cleaning.sets_in(_told(record)),
    )
    cleaning.check_missing(found, flaws)
    return found


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


def _notes(record: Mapping[str, Any]) -> Iterator[str]:
    """What the source says beside the papers of a case."""
    for case in record.get("document_cases") or ():
        note = text(case.get("note")).strip(" .:;")
        if note:
            yield note


def _papers(record: Mapping[str, Any]) -> Iterator[RawPaper]:
    """Every paper of every case, in order."""
    for case in record.get("document_cases") or ():
        for paper in case.get("documents") or ():
            yield RawPaper(
                text(paper.get("name")),
                text(case.get("case")),
                count(paper.get("original")) or 0,
                count(paper.get("copy")) or 0,
            )


def _channels(record: Mapping[str, Any], flaws: Flaws) -> Iterator[ChannelTerm]:
    """Every option of every channel, in order."""
    for channel in record.get("channels") or ():
        kind = _CHANNELS.get(text(channel.get("channel")))
        if kind is None:
            flaws.note("channels", "Kênh nộp không rõ", "Coi là trực tiếp", str(channel)[:80])
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
    charges = any(fee.amount for fee in fees) or (free and bool(_AMOUNT.search(fold(words))))
    if free and charges:
        flaws.note(where, "Ghi miễn phí nhưng có mức thu", "Coi là có thu phí", words)
    note = words.removeprefix("Miễn phí").strip("() ")
    return ChannelTerm(
        channel=kind,
        duration=cleaning.duration(limit.get("value"), limit.get("unit"), where, flaws),
        free=free and not charges,
        fees=fees,
        fee_note=note if not fees else "",
        case=_case_words(words) if is_one_of_many else "",
    )


def _case_words(words: str) -> str:
    """What an option says of itself, without the price it begins with and the channel it ends with."""
    return _ENDING.sub("", _BEGINNING.sub("", words)).strip(" -+.;:")


def _fees(option: Mapping[str, Any], where: str, flaws: Flaws) -> Iterator[Fee]:
    """The amounts of one option."""
    for item in option.get("fees") or ():
        amount = cleaning.money(item.get("amount"))
        note = text(item.get("note"))
        if amount is None:
            flaws.note(where, "Không đọc được số tiền", "Giữ lời ghi", str(item.get("amount")))
        yield cleaning.fee(amount or 0, note, "", where, flaws)
