"""`LayThuTuc`: one procedure as the National database of procedures sends it (CAT-05)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from motcua.procedures.importing import cleaning, reading
from motcua.procedures.importing.cleaning import RawPaper
from motcua.procedures.importing.dates import date_in, decision_date
from motcua.procedures.importing.flaws import Flaws
from motcua.procedures.importing.leftovers import PACKET, note_leftovers
from motcua.procedures.importing.reading import text, texts
from motcua.procedures.types import (
    ChannelTerm,
    Detail,
    Fee,
    LegalBasis,
    Related,
    ResultKind,
    StepText,
)

_CHANNELS = {"1": "direct", "2": "online", "3": "post"}
_FEE_KINDS = {"1": "phí", "2": "lệ phí"}


def detail(record: Mapping[str, Any], flaws: Flaws) -> Detail | None:
    """The procedure of this packet, or none when it has no usable code or name."""
    code, name = text(record.get("MATTHC")), text(record.get("TENTTHC"))
    flaws.code = code
    if not cleaning.usable(code, name, flaws):
        return None
    note_leftovers(record, PACKET, flaws)
    found = replace(
        _papered(record, _agencies(record, _placed(record, Detail(code, name), flaws)), flaws),
        kind=text(record.get("LOAITTHC")),
        ministry_code=text(record.get("MACOQUANCONGBO")),
        levels=_names(record, "CAPTHUCHIEN", "TENCAP", levels=True),
        subjects=_names(record, "DOITUONGTHUCHIEN", "TENDOITUONG"),
        subjects_text=text(record.get("MOTADOITUONGTHUCHIEN")),
        keywords=text(record.get("TUKHOA")),
        summary=text(record.get("MOTA")),
        steps=tuple(_steps(record)),
        channels=tuple(_channels(record, flaws)),
        results=tuple(_results(record)),
        legal_bases=tuple(_legal_bases(record, flaws)),
        conditions=text(record.get("YEUCAU")),
        related=tuple(_related(record, "TTHCLIENQUAN", flaws)),
        interlinked=tuple(_related(record, "TTHCLIENTHONG", flaws)),
    )
    found = _published_by(record, found, flaws)
    cleaning.check_missing(found, flaws)
    cleaning.check_sizes(found, flaws)
    return found


def _placed(record: Mapping[str, Any], detail: Detail, flaws: Flaws) -> Detail:
    """The detail with its field; lists know one field, any other is kept beside it and told."""
    first, *others = _items(record, "LINHVUCTHUCHIEN") or [{}]
    names = texts(text(one.get("TENLINHVUC")) or one.get("MALINHVUC") for one in others)
    if names:
        done = "Xếp vào lĩnh vực đầu tiên, ghi các lĩnh vực khác bên cạnh"
        flaws.note("LINHVUCTHUCHIEN", "Nhiều lĩnh vực", done, "; ".join(names))
    name, code = text(first.get("TENLINHVUC")), text(first.get("MALINHVUC"))
    return replace(detail, field=name or code, field_code=code, other_fields=names)


def _papered(record: Mapping[str, Any], detail: Detail, flaws: Flaws) -> Detail:
    """The detail with its papers, their forms, and how many sets are asked for."""
    papers = cleaning.slots(_papers(record, flaws), flaws)
    cases = [
        (text(case.get("TRUONGHOP")), bool(_items(case, "GIAYTO")))
        for case in _items(record, "THANHPHANHOSO")
    ]
    notes = [*papers.notes, *cleaning.empty_cases(cases, flaws)]
    said = text(record.get("SOBOHOSO"))
    sets = cleaning.sets_of(said, flaws)
    if said and not sets:
        notes.append(f"Số bộ hồ sơ: {said}")
    return replace(
        detail,
        slots=papers.slots,
        paper_notes=tuple(notes),
        form_files=papers.form_files,
        sets=sets or cleaning.sets_in(notes),
    )


def _agencies(record: Mapping[str, Any], detail: Detail) -> Detail:
    """The detail with who settles, decides, helps, and where one goes."""
    return replace(
        detail,
        agencies=_called(record, "COQUANTHUCHIEN"),
        agency_codes=_names(record, "COQUANTHUCHIEN", "MADONVI"),
        agencies_text=text(record.get("MOTACOQUANTHUCHIEN")),
        competent_agency="; ".join(_called(record, "COQUANCOTHAMQUYEN")),
        competent_codes=_names(record, "COQUANCOTHAMQUYEN", "MADONVI"),
        competent_text=text(record.get("MOTACOQUANTHAMQUYEN")),
        delegated_agency="; ".join(_called(record, "COQUANDUOCUYQUYEN")),
        delegated_codes=_names(record, "COQUANDUOCUYQUYEN", "MADONVI"),
        coordinating_agency="; ".join(_called(record, "COQUANPHOIHOP")),
        coordinating_codes=_names(record, "COQUANPHOIHOP", "MADONVI"),
        receiving_address=text(record.get("DIACHITIEPNHAN")),
    )


def _published_by(record: Mapping[str, Any], detail: Detail, flaws: Flaws) -> Detail:
    """The detail with its publication: the decision, the source's number, public or not."""
    state = text(record.get("TRANGTHAI"))
    if is_hidden := state not in {"", "1"}:
        done = "Giữ bản nháp, không công bố; đang công bố thì bãi bỏ"
        flaws.note("TRANGTHAI", "Nguồn ghi là không công khai", done, state)
    return replace(
        detail,
        source_id=text(record.get("ID")),
        is_public=not is_hidden,
        decision=text(record.get("QUYETDINH")),
        decision_id=text(record.get("IDQUYETDINHCONGBO")),
        decided_on=_decided_on(record, flaws),
    )


def _results(record: Mapping[str, Any]) -> Iterator[ResultKind]:
    """What the applicant gets in the end."""
    for item in _items(record, "KETQUATHUCHIEN"):
        yield ResultKind(
            text(item.get("TENKETQUA")),
            text(item.get("MAKETQUA")),
            text(item.get("TENTEP")),
            text(item.get("URL")),
        )


def _legal_bases(record: Mapping[str, Any], flaws: Flaws) -> Iterator[LegalBasis]:
    """The legal documents the procedure rests on."""
    for item in _items(record, "CANCUPHAPLY"):
        yield LegalBasis(
            text(item.get("SOVANBAN")),
            text(item.get("TENVANBAN")),
            issuer=text(item.get("COQUANBANHANH")),
            issued_on=_day(item, "NGAYBANHANH", flaws),
            effective_on=_day(item, "NGAYHIEULUC", flaws),
            url=text(item.get("DIACHITRUYCAP")),
        )


def _day(item: Mapping[str, Any], name: str, flaws: Flaws) -> str:
    """The day in this field of a legal document."""
    given = text(item.get(name))
    if given and not date_in(given):
        where = f"CANCUPHAPLY.{name}"
        flaws.note(where, "Không đọc được ngày của văn bản", "Để trống ngày này", given)
    return date_in(given)


def _decided_on(record: Mapping[str, Any], flaws: Flaws) -> str:
    """The day of the publication decision: a field of its own, or within its number."""
    given = text(record.get("NGAYQUYETDINH"))
    if given and not date_in(given):
        done = "Lấy ngày ghi trong số quyết định, nếu có"
        flaws.note("NGAYQUYETDINH", "Không đọc được ngày quyết định", done, given)
    return date_in(given) or decision_date(text(record.get("QUYETDINH")))


def _related(record: Mapping[str, Any], name: str, flaws: Flaws) -> Iterator[Related]:
    """The procedures this one goes with; a bare string is its code or its name."""
    given = record.get(name) or ()
    for item in [given] if isinstance(given, str | Mapping) else given:
        if isinstance(item, Mapping):
            code, called = text(item.get("MATTHC")), text(item.get("TENTTHC"))
        else:
            said = text(item)
            code, called = (said, "") if cleaning.CODE.match(said) else ("", said)
        if code or called:
            yield Related(code, called)
        else:
            flaws.note(name, "Thủ tục liên quan không có mã, không có tên", "Bỏ qua", str(item))


def _items(record: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """A list of the packet; null, an empty string and a single object all occur."""
    value = record.get(name) or []
    return [value] if isinstance(value, dict) else [item for item in value if item]


def _names(
    record: Mapping[str, Any], name: str, key: str, *, levels: bool = False
) -> tuple[str, ...]:
    """The names in a code list; levels are written “Cấp xã” as everywhere else."""
    found = texts(item.get(key) for item in _items(record, name))
    return tuple(value.capitalize() for value in found) if levels else found


def _called(record: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """The agencies of a list by their names; one that has only a code is called by it."""
    return texts(text(one.get("TENDONVI")) or one.get("MADONVI") for one in _items(record, name))


def _steps(record: Mapping[str, Any]) -> Iterator[StepText]:
    """The steps of every case."""
    for case in _items(record, "TRINHTUTHUCHIEN"):
        for step in _items(case, "TRINHTU"):
            yield StepText(text(step.get("TENTRINHTU")), text(case.get("TRUONGHOP")))


def _papers(record: Mapping[str, Any], flaws: Flaws) -> Iterator[RawPaper]:
    """Every paper of every case."""
    for case in _items(record, "THANHPHANHOSO"):
        for paper in _items(case, "GIAYTO"):
            yield RawPaper(
                text(paper.get("TENGIAYTO")),
                text(case.get("TRUONGHOP")),
                reading.copies(paper.get("SOBANCHINH"), "SOBANCHINH", flaws),
                reading.copies(paper.get("SOBANSAO"), "SOBANSAO", flaws),
                text(paper.get("MAGIAYTO")),
                text(paper.get("MA_KQ_THAYTHE")),
                text(paper.get("TENMAUDON")),
                text(paper.get("URL")),
            )


def _channels(record: Mapping[str, Any], flaws: Flaws) -> Iterator[ChannelTerm]:
    """Every time limit of every channel."""
    for channel in _items(record, "CACHTHUCTHUCHIEN"):
        kind = _CHANNELS.get(text(channel.get("KENH")))
        if kind is None:
            flaws.note("KENH", "Kênh nộp không rõ", "Coi là trực tiếp", text(channel.get("KENH")))
        options = _items(channel, "THOIGIAN") or [{}]
        for option in options:
            yield _option(kind or "direct", option, flaws, is_one_of_many=len(options) > 1)


def _option(
    kind: str, option: Mapping[str, Any], flaws: Flaws, *, is_one_of_many: bool
) -> ChannelTerm:
    """One time limit with its fees; where there are several, its note says for which case."""
    where = f"CACHTHUCTHUCHIEN.{kind}"
    fees = tuple(_fees(option, where, flaws))
    limit, unread = reading.duration(
        option.get("THOIGIANGIAIQUYET"), option.get("DONVITINH"), where, flaws
    )
    return ChannelTerm(
        channel=kind,
        duration=limit,
        note=". ".join(filter(None, (unread, text(option.get("MOTA"))))),
        free=not any(fee.amount or fee.note for fee in fees),
        fees=tuple(fee for fee in fees if fee.amount or fee.note),
        case=text(option.get("MOTA")) if is_one_of_many else "",
    )


def _fees(option: Mapping[str, Any], where: str, flaws: Flaws) -> Iterator[Fee]:
    """The amounts of one time limit."""
    for item in _items(option, "PHILEPHI"):
        amount, note = reading.money(item.get("SOTIEN")), text(item.get("MOTA"))
        note = " ".join(filter(None, (reading.per_what(item.get("DONVI")), note)))
        if amount is None:
            flaws.note(where, "Không đọc được số tiền", "Giữ lời ghi", text(item.get("SOTIEN")))
            note = note or text(item.get("SOTIEN"))
        if text(item.get("TENTEP")) or text(item.get("URL")):
            told = " ".join((text(item.get("TENTEP")), text(item.get("URL"))))
            flaws.note(where, "Biểu phí nằm trong tệp đính kèm", "Chỉ giữ số tiền và lời ghi", told)
        kind = _FEE_KINDS.get(text(item.get("MAPHILEPHI")), "")
        unit = reading.currency(item.get("DONVI"), where, flaws) if amount else ""
        yield reading.fee(
            Fee(amount or 0, note, kind, doubtful=amount is None, currency=unit), where, flaws
        )
