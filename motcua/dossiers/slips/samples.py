"""One sample of every paper: what previews show, and what says which places a template may name."""

from dataclasses import replace
from datetime import datetime

from motcua.dossiers.slips import forms, lists
from motcua.dossiers.slips.facts import Paper, facts_of
from motcua.dossiers.slips.forms import Heading, Office, Owner, SlipKind
from motcua.dossiers.slips.sets import LETTERS
from motcua.dossiers.slips.words import HANOI
from motcua.law.types import FormSet

CODE = "H99.31.105-261123-0001"
QR = "https://dichvucong.songha.example/xac-minh/ban-mau"
AT = datetime(2026, 11, 23, 8, 30, tzinfo=HANOI)
DUE = datetime(2026, 11, 25, 16, 30, tzinfo=HANOI)
LATER = datetime(2026, 11, 27, 16, 30, tzinfo=HANOI)
OFFICE = Office(
    "UBND phường Mỹ Phước", "Mỹ Phước", phone="1900 0000", website="dichvucong.songha.example"
)
AGENCY = Office(  # letters go out in the name of the agency, signed by its head
    "UBND tỉnh Sông Hà",
    "Mỹ Phước",
    "UBND phường Mỹ Phước",
    "1900 0000",
    "dichvucong.songha.example",
)
OWNER = Owner(
    "Nguyễn Thị Lan", "079190000001", "Số 12, đường Bờ Sông, phường Mỹ Phước", "0912 345 678",
    "lan@songha.example",
)  # fmt: skip
BASES = {
    FormSet.TT01_2018: "Nghị định số 61/2018/NĐ-CP; Thông tư số 01/2018/TT-VPCP",
    FormSet.TT03_2025: "Nghị định số 118/2025/NĐ-CP; Thông tư số 03/2025/TT-VPCP",
}
REASON = (
    "Phải xác minh thêm nơi cư trú tại xã Tân Hòa; văn bản trả lời của xã đến chậm hai ngày. "
    "Phòng đã cử công chức đến làm việc trực tiếp."
)
JUSTICE = "Phòng Tư pháp - Hộ tịch"
HUNG, MAI, BINH = "Trần Văn Hùng", "Vũ Thị Mai", "Phạm Văn Bình"


def sample_of(form_set: FormSet, kind: SlipKind) -> Paper:
    """A paper of this kind with every fact filled in."""
    number = f"{CODE}/{LETTERS[kind]}-3"
    if kind in _LISTS:
        number = f"07/{LETTERS[kind]}"
        return _LISTS[kind](lists.ListHeading(OFFICE, number, AT, QR, form_set, BASES[form_set]))
    request = "Đăng ký khai sinh"
    office = AGENCY if kind in (SlipKind.APOLOGY, SlipKind.STOP) else OFFICE
    return _SLIPS[kind](
        Heading(office, OWNER, number, AT, CODE, request, QR, form_set, BASES[form_set])
    )


def known_places(form_set: FormSet, kind: SlipKind) -> dict[str, frozenset[str]]:
    """The places a template of this kind may name: "" for the paper, then by list of rows."""
    facts = facts_of(sample_of(form_set, kind))
    rows = {name: frozenset(found[0]) for name, found in facts.rows.items()}
    return {"": frozenset(facts.texts), **rows}


def _appointment(heading: Heading) -> Paper:
    return forms.AppointmentSlip(
        heading=heading,
        papers=(
            forms.PaperLine("Tờ khai điện tử", "electronic"),
            forms.PaperLine("Giấy chứng sinh", "original"),
            forms.PaperLine("Giấy chứng nhận kết hôn", "copy", 2),
        ),
        time_limit="02 ngày làm việc", accepted_at=AT, due_at=DUE,
        delivery="Nhận qua bưu chính", filer="Lê Thị Thu", officer=HUNG, channel="Trực tiếp",
        filer_relation="nộp thay, tư cách: em gái", fee_text="8.000 đồng", return_place=OWNER.address,
        order="417",
    )  # fmt: skip


def _supplement(heading: Heading) -> Paper:
    items = (
        forms.Missing("Giấy chứng sinh", "Ảnh mờ, không đọc được số giấy"),
        forms.Missing("Tờ khai, mục Nơi cư trú", "Chưa ghi số nhà"),
    )
    return forms.SupplementSlip(
        heading, items, "Điều 16 Luật Hộ tịch", HUNG, 2, "trong quá trình giải quyết", LATER
    )


def _rejection(heading: Heading) -> Paper:
    reason = "Nơi cư trú không thuộc phường Mỹ Phước.\nMời nộp tại xã Tân Hòa."
    basis, place = "Điều 13 Luật Hộ tịch", "UBND xã Tân Hòa"
    return forms.RejectionSlip(heading, reason, basis, HUNG, OWNER.name, AT, place)


def _control(heading: Heading) -> Paper:
    desk = "Bộ phận Tiếp nhận và Trả kết quả"
    rows = (
        forms.Handover(desk, JUSTICE, AT, HUNG, "Đỗ Thị Hòa", "", "Chuyển đơn vị giải quyết"),
        forms.Handover(JUSTICE, "Văn phòng", DUE, MAI, BINH, "on_time", "Trình lãnh đạo"),
        forms.Handover("Văn phòng", desk, LATER, "Hoàng Thị Yến", HUNG, "late", "Chờ xác minh"),
    )
    return forms.ControlSheet(heading, AT, DUE, JUSTICE, rows, "Công an phường Mỹ Phước")


def _apology(heading: Heading) -> Paper:
    return forms.ApologyLetter(
        heading, AT, DUE, LATER, JUSTICE, REASON, "Bộ phận Một cửa phường Mỹ Phước", BINH,
        "Phó Chủ tịch",
    )  # fmt: skip


def _stop(heading: Heading) -> Paper:
    reason = "Hết thời hạn bổ sung mà hồ sơ chưa được hoàn thiện theo yêu cầu ngày 25/11/2026."
    back = "Giấy chứng sinh (bản chính); lệ phí 8.000 đồng"
    return forms.StopNotice(
        heading, reason, "Nghị định số 118/2025/NĐ-CP", LATER, BINH, "Phó Chủ tịch", AT, back
    )


def _receipt(heading: Heading) -> Paper:
    return forms.ReturnReceipt(
        heading, HUNG, "Lê Thị Thu", "Giấy khai sinh", "125/2026",
        "Giấy khai sinh của cháu Nguyễn Minh An, sinh ngày 15/11/2026", LATER, "0270 381 2345",
        "0987 654 321", "079192000002",
    )  # fmt: skip


def _visit(heading: Heading) -> Paper:
    return forms.VisitRecord(
        heading, DUE, "Số 12, đường Bờ Sông, phường Mỹ Phước", f"{MAI}; trưởng khu phố 3",
        "Xác minh nơi cư trú của người yêu cầu", MAI, True, f"{MAI}; {OWNER.name}",
        "Bà Nguyễn Thị Lan đang ở tại số 12, đường Bờ Sông từ năm 2019.\nTrưởng khu phố xác nhận.",
        LATER,
    )  # fmt: skip


def _dossiers() -> tuple[lists.ListedDossier, ...]:
    return (
        lists.ListedDossier(
            CODE, "Đăng ký khai sinh", "Nguyễn Thị Lan", OWNER.address, AT, DUE,
            "02 ngày làm việc", JUSTICE, 1, "Giấy chứng sinh (bản chính)", "Giấy khai sinh",
            has_fee=True, by_post=True, note="Nộp trực tiếp",
        ),
        lists.ListedDossier(
            "H99.31.105-261123-0002", "Xác nhận tình trạng hôn nhân", "Lê Thị Thu",
            "Ấp Tân Hòa, xã Tân Hòa", AT, LATER, "03 ngày làm việc", JUSTICE, 2,
            "Tờ khai; quyết định ly hôn (bản sao chứng thực)", "Giấy xác nhận",
        ),
    )  # fmt: skip


def _transfer(heading: lists.ListHeading) -> Paper:
    desk = "Bộ phận Tiếp nhận và Trả kết quả"
    return lists.TransferList(heading, desk, JUSTICE, AT, _dossiers(), HUNG, "Đỗ Thị Hòa")


def _minutes(heading: lists.ListHeading) -> Paper:
    desk = "Bộ phận Tiếp nhận và Trả kết quả"
    return lists.Minutes(heading, desk, "UBND xã Tân Hòa", AT, _dossiers(), HUNG, "Nguyễn Văn Sáu")


def _results(heading: lists.ListHeading) -> Paper:
    return lists.ResultList(heading, JUSTICE, LATER, _dossiers(), MAI, HUNG)


def _urging(heading: lists.ListHeading) -> Paper:
    rows = (
        lists.UrgedDossier(
            CODE, "Đăng ký khai sinh", DUE, "Đang thẩm định", "Quá hạn trả kết quả"
        ),
        lists.UrgedDossier(
            "H99.31.105-261123-0002", "Xác nhận tình trạng hôn nhân", LATER, "Đang bàn giao",
            "Quá hạn bàn giao",
        ),
    )  # fmt: skip
    return lists.UrgingPaper(
        replace(heading, office=AGENCY), JUSTICE,
        "Đề nghị đơn vị khẩn trương giải quyết, nêu rõ nguyên nhân chậm và người chịu trách nhiệm.",
        LATER.date(), f"Như trên; {BINH}, Phó Chủ tịch; lưu: Bộ phận Một cửa",
        "Ngô Thị Liên", "TL. Chủ tịch\nTrưởng Bộ phận Một cửa", rows,
    )  # fmt: skip


def _register(heading: lists.ListHeading) -> Paper:
    first = lists.RegisterRow(
        1, CODE, "Đăng ký khai sinh", "Nguyễn Thị Lan", f"{OWNER.address}, {OWNER.phone}", AT, DUE,
        AT, DUE, LATER, "Nhận qua bưu chính", HUNG, "Lê Thị Thu", 1, "Quá hạn",
    )  # fmt: skip
    second = lists.RegisterRow(
        2, "H99.31.105-261123-0002", "Xác nhận tình trạng hôn nhân", "Lê Thị Thu",
        "Ấp Tân Hòa, xã Tân Hòa", AT, LATER, AT, None, None, "Nhận tại nơi nộp", HUNG,
        note="Đang thẩm định",
    )  # fmt: skip
    scope = "Phòng Tư pháp - Hộ tịch; lĩnh vực Hộ tịch; từ 01/11/2026 đến 30/11/2026"
    return lists.DossierRegister(heading, "2026", scope, (first, second))


_SLIPS = {
    SlipKind.APPOINTMENT: _appointment,
    SlipKind.SUPPLEMENT: _supplement,
    SlipKind.REJECTION: _rejection,
    SlipKind.CONTROL: _control,
    SlipKind.APOLOGY: _apology,
    SlipKind.STOP: _stop,
    SlipKind.RETURN_RECEIPT: _receipt,
    SlipKind.VISIT: _visit,
}
_LISTS = {
    SlipKind.TRANSFER_LIST: _transfer,
    SlipKind.MINUTES: _minutes,
    SlipKind.RESULT_LIST: _results,
    SlipKind.REGISTER: _register,
    SlipKind.URGING: _urging,
}
