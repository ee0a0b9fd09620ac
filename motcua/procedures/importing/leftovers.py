"""What a record holds beside the fields that are read: reported, never dropped in silence."""

from collections.abc import Iterator, Mapping
from typing import Any

from motcua.procedures.importing.flaws import Flaws

Read = Mapping[str, set[str]]
PACKET: Read = {
    "": {
        "ID", "MATTHC", "TENTTHC", "MACOQUANCONGBO", "LOAITTHC", "TRANGTHAI", "TUKHOA", "YEUCAU",
        "MOTA", "MOTADOITUONGTHUCHIEN", "MOTACOQUANTHUCHIEN", "MOTACOQUANTHAMQUYEN", "QUYETDINH",
        "IDQUYETDINHCONGBO", "NGAYQUYETDINH", "DIACHITIEPNHAN", "LINHVUCTHUCHIEN", "CAPTHUCHIEN",
        "DOITUONGTHUCHIEN", "COQUANTHUCHIEN", "COQUANCOTHAMQUYEN", "COQUANDUOCUYQUYEN",
        "COQUANPHOIHOP", "TRINHTUTHUCHIEN", "CACHTHUCTHUCHIEN", "THANHPHANHOSO", "SOBOHOSO",
        "KETQUATHUCHIEN", "CANCUPHAPLY", "TTHCLIENQUAN", "TTHCLIENTHONG",
    },
    "LINHVUCTHUCHIEN": {"MALINHVUC", "TENLINHVUC"},
    "CAPTHUCHIEN": {"CAPTHUCHIEN", "TENCAP"},
    "DOITUONGTHUCHIEN": {"MADOITUONG", "TENDOITUONG"},
    "COQUANTHUCHIEN": {"MADONVI", "TENDONVI"},
    "COQUANCOTHAMQUYEN": {"MADONVI", "TENDONVI"},
    "COQUANDUOCUYQUYEN": {"MADONVI", "TENDONVI"},
    "COQUANPHOIHOP": {"MADONVI", "TENDONVI"},
    "TRINHTUTHUCHIEN": {"TRUONGHOP", "TRINHTU"},
    "TRINHTUTHUCHIEN.TRINHTU": {"TENTRINHTU"},
    "CACHTHUCTHUCHIEN": {"KENH", "THOIGIAN"},
    "CACHTHUCTHUCHIEN.THOIGIAN": {"THOIGIANGIAIQUYET", "DONVITINH", "MOTA", "PHILEPHI"},
    "CACHTHUCTHUCHIEN.THOIGIAN.PHILEPHI": {"MAPHILEPHI", "SOTIEN", "DONVI", "MOTA", "TENTEP",
                                           "URL"},
    "THANHPHANHOSO": {"TRUONGHOP", "GIAYTO"},
    "THANHPHANHOSO.GIAYTO": {"MAGIAYTO", "TENGIAYTO", "MA_KQ_THAYTHE", "SOBANCHINH", "SOBANSAO",
                             "TENMAUDON", "URL"},
    "KETQUATHUCHIEN": {"MAKETQUA", "TENKETQUA", "TENTEP", "URL"},
    "CANCUPHAPLY": {"SOVANBAN", "TENVANBAN", "COQUANBANHANH", "NGAYBANHANH", "NGAYHIEULUC",
                    "DIACHITRUYCAP"},
    "TTHCLIENQUAN": {"ID", "MATTHC", "TENTTHC"},
    "TTHCLIENTHONG": {"ID", "MATTHC", "TENTTHC"},
}  # fmt: skip
CRAWL: Read = {
    "": {
        "code", "name", "kind", "field", "ministry_code", "ministry", "decision", "levels",
        "subjects", "executing_agencies", "executing_text", "competent_authority", "delegated",
        "coordinating", "receiving_address", "keywords", "steps", "channels", "channels_text",
        "document_cases", "results", "online_submission", "legal_documents", "legal_text",
        "conditions", "source_url", "formality_id",
    },
    "steps": {"order", "text"},
    "channels": {"channel", "label", "options"},
    "channels.options": {"duration", "free", "fees", "text"},
    "channels.options.duration": {"value", "unit"},
    "channels.options.fees": {"amount", "currency", "note"},
    "document_cases": {"case", "documents", "note"},
    "document_cases.documents": {"name", "original", "copy"},
    "results": {"code", "name"},
}  # fmt: skip


def note_leftovers(record: Mapping[str, Any], read: Read, flaws: Flaws) -> None:
    """Report each field of the record that says something and that nothing here reads.

    Law: CAT-05
    """
    for place, value in dict(_unread(record, read, "")).items():
        flaws.note(place, "Trường chưa dùng đến", "Không nhập trường này", value)


def _unread(item: Mapping[str, Any], read: Read, place: str) -> Iterator[tuple[str, str]]:
    """(place, value) of what is not read, at any depth."""
    for name, value in item.items():
        inside = f"{place}.{name}".lstrip(".")
        if name not in read[place]:
            if value not in (None, "", [], {}):
                yield inside, str(value)
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, Mapping) and inside in read:
                yield from _unread(child, read, inside)
