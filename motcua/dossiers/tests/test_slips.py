"""The slips as the citizen holds them: what they say, how they look, and the QR at their corner."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from motcua.dossiers.slips import (
    AppointmentSlip,
    ControlSheet,
    Handover,
    Heading,
    Missing,
    Office,
    Owner,
    PaperLine,
    RejectionSlip,
    SealedPaper,
    Slip,
    SlipKind,
    SupplementSlip,
    qr_payload,
    render,
    words,
)

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
AT = datetime(2026, 11, 23, 8, 30, tzinfo=HANOI)
DUE = datetime(2026, 11, 24, 16, 30, tzinfo=HANOI)
CODE = "H99.31.105-261123-0001"
MM = 72 / 25.4
HOSTILE = '#eval("1+1") \\ $x^2$ "ngoặc" *b* _i_ <t> @r [x] {y} `z` // # %'


def sealed(kind: SlipKind = SlipKind.APPOINTMENT) -> SealedPaper:
    return SealedPaper(CODE, "1.001193", "079301001234", kind, "01/GTN", AT, DUE)


def heading(kind: SlipKind = SlipKind.APPOINTMENT) -> Heading:
    return Heading(
        office=Office(
            "UBND phường Mỹ Phước", "Mỹ Phước", phone="1900 0000", website="songha.example"
        ),
        owner=Owner(
            "Nguyễn Thị Lan", "079301001234", "12 Hùng Vương", "0912 345 678", "lan@example.vn"
        ),
        number="01/GTN",
        issued_at=AT,
        dossier_code=CODE,
        request="Đăng ký khai sinh",
        qr=qr_payload(sealed(kind)),
    )


def appointment() -> AppointmentSlip:
    return AppointmentSlip(
        heading=heading(),
        papers=(PaperLine("Giấy chứng sinh", "original"), PaperLine("Giấy kết hôn", "copy", 2)),
        time_limit="01 ngày làm việc",
        accepted_at=AT,
        due_at=DUE,
        delivery="Nhận trực tuyến",
        filer="Nguyễn Thị Lan",
        officer="Trần Văn Hùng",
        fee_text="8.000 đồng",
    )


def supplement() -> SupplementSlip:
    return SupplementSlip(
        heading=heading(SlipKind.SUPPLEMENT),
        items=(Missing("Giấy chứng sinh", "Ảnh mờ, không đọc được số giấy"),),
        legal_basis="Điều 16 Luật Hộ tịch",
        officer="Trần Văn Hùng",
        request_no=2,
    )


def rejection() -> RejectionSlip:
    return RejectionSlip(
        heading=heading(SlipKind.REJECTION),
        reason="Nơi cư trú không thuộc phường Mỹ Phước.\nMời nộp tại xã Tân Hòa.",
        legal_basis="Điều 13 Luật Hộ tịch",
        officer="Trần Văn Hùng",
        filer="Nguyễn Thị Lan",
        right_place="UBND xã Tân Hòa",
    )


def control(rows: int = 2) -> ControlSheet:
    return ControlSheet(
        heading=heading(SlipKind.CONTROL),
        accepted_at=AT,
        due_at=DUE,
        settling_office="UBND phường Mỹ Phước",
        handovers=tuple(
            Handover(
                "Bộ phận Một cửa", "Tư pháp – Hộ tịch", AT, "Hùng", "Mai", "late", "Chờ xác minh"
            )
            for _ in range(rows)
        ),
    )


def pages_of(slip: Slip) -> list[str]:
    """What each page says, on one line."""
    document = pypdfium2.PdfDocument(render(slip))
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def text_of(slip: Slip) -> str:
    return " ".join(pages_of(slip))


def test_the_appointment_slip_says_all_that_form_01_asks_in_whole_vietnamese_letters() -> None:
    text = text_of(appointment())

    for said in (
        "UBND PHƯỜNG MỸ PHƯỚC",
        "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 01/GTN",
        "Mỹ Phước, ngày 23 tháng 11 năm 2026",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        f"Mã hồ sơ: {CODE}",
        "Chủ hồ sơ: Nguyễn Thị Lan",
        "Số căn cước/Hộ chiếu: 079301001234",
        "Nội dung yêu cầu giải quyết: Đăng ký khai sinh",
        "1 Giấy chứng sinh Bản chính 1",
        "2 Giấy kết hôn Bản sao chứng thực 2",
        "Thời gian nhận hồ sơ: 08 giờ 30 phút, ngày 23 tháng 11 năm 2026",
        "16 giờ 30 phút, ngày 24 tháng 11 năm 2026",
        "Phí, lệ phí: 8.000 đồng.",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
        "Trần Văn Hùng",
    ):
        assert said in text


def test_the_supplement_slip_says_what_is_missing_and_by_which_law() -> None:
    text = text_of(supplement())

    for said in (
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "Yêu cầu lần thứ 2",
        "Ảnh mờ, không đọc được số giấy",
        "Căn cứ: Điều 16 Luật Hộ tịch",
        "liên hệ với Trần Văn Hùng, số điện thoại 1900 0000",
        "NGƯỜI HƯỚNG DẪN",
    ):
        assert said in text


def test_the_rejection_slip_says_the_reason_and_the_law() -> None:
    text = text_of(rejection())

    assert "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ" in text
    assert "không tiếp nhận, giải quyết hồ sơ này" in text
    assert "Nơi cư trú không thuộc phường Mỹ Phước. Mời nộp tại xã Tân Hòa." in text
    assert "Căn cứ: Điều 13 Luật Hộ tịch" in text
    assert "Nơi nộp đúng: UBND xã Tân Hòa" in text
    assert "NGƯỜI NỘP HỒ SƠ" in text


def test_a_refusal_to_settle_has_its_own_title() -> None:
    text = text_of(replace(rejection(), settling=True))

    assert "PHIẾU TỪ CHỐI GIẢI QUYẾT HỒ SƠ" in text
    assert "tiếp nhận, giải quyết" not in text


def test_the_control_sheet_has_a_row_for_each_hand_over() -> None:
    text = text_of(control(rows=2))

    assert "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ" in text
    assert text.count("1. Giao: Bộ phận Một cửa") == 2
    assert text.count("2. Nhận: Tư pháp – Hộ tịch") == 2
    assert text.count("Quá hạn") == 2


@pytest.mark.parametrize("slip", [appointment, supplement, rejection])
def test_slips_are_printed_on_a5(slip) -> None:  # type: ignore[no-untyped-def]  # a parameter of parametrize
    page = pypdfium2.PdfDocument(render(slip()))[0]

    assert page.get_size() == pytest.approx((148 * MM, 210 * MM), abs=0.1)


def test_the_control_sheet_is_printed_on_a5_lying_down() -> None:
    page = pypdfium2.PdfDocument(render(control()))[0]

    assert page.get_size() == pytest.approx((210 * MM, 148 * MM), abs=0.1)


@pytest.mark.parametrize("slip", [appointment, supplement, rejection, control])
def test_the_qr_at_the_upper_left_corner_says_the_payload(slip) -> None:  # type: ignore[no-untyped-def]  # as above
    picture = pypdfium2.PdfDocument(render(slip()))[0].render(scale=200 / 72).to_pil()

    found = zxingcpp.read_barcodes(picture)

    assert [code.text for code in found] == [slip().heading.qr]
    assert found[0].position.bottom_right.x < 0.26 * picture.width
    assert found[0].position.bottom_right.y < 0.26 * picture.height


def test_the_same_slip_is_the_same_bytes() -> None:
    assert render(appointment()) == render(appointment())


def test_the_pdf_says_it_is_pdf_a_and_tagged() -> None:
    pdf = render(appointment())

    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert b"/MarkInfo" in pdf


def test_what_looks_like_markup_is_printed_as_typed() -> None:
    owner = replace(heading().owner, name=HOSTILE, address=HOSTILE, phone=HOSTILE, email=HOSTILE)
    text = text_of(replace(appointment(), heading=replace(heading(), owner=owner, request=HOSTILE)))

    assert text.count(HOSTILE) == 5


def test_sixty_papers_run_over_pages_that_all_repeat_the_head_of_the_table() -> None:
    papers = tuple(
        PaperLine(f"Giấy tờ thứ {n} " + "dài " * (n % 30), "photo") for n in range(1, 61)
    )

    pages = pages_of(replace(appointment(), papers=papers))

    assert len(pages) > 2
    assert all(f"Giấy tờ thứ {n} " in " ".join(pages) for n in range(1, 61))
    with_rows = [page for page in pages if "Giấy tờ thứ" in page]
    assert all("Thành phần hồ sơ Hình thức Số lượng" in page for page in with_rows)
    assert f"Trang 1/{len(pages)}" in pages[0]


def test_a_word_of_three_hundred_letters_stays_inside_the_page() -> None:
    owner = replace(heading().owner, name="Đ" * 300, email="a" * 300)
    document = pypdfium2.PdfDocument(
        render(replace(appointment(), heading=replace(heading(), owner=owner)))
    )

    page = document[0]
    rights = [box.get_bounds()[2] for box in page.get_objects() if box.type == 1]
    assert max(rights) < page.get_width() - 8 * MM
    assert sum(p.get_textpage().get_text_bounded().count("Đ") for p in document) >= 300


def test_letters_the_font_lacks_become_boxes_and_the_slip_is_still_printed() -> None:
    owner = replace(heading().owner, name="Lan 😀 漢 \u202e\ue000")

    assert "Lan □ □" in text_of(replace(appointment(), heading=replace(heading(), owner=owner)))


def test_every_letter_we_call_printable_is_in_the_font() -> None:
    letters = "".join(
        chr(code) for code in range(0x21, 0x2700) if not words.UNPRINTABLE.match(chr(code))
    )
    spaced = " ".join(letters[at : at + 20] for at in range(0, len(letters), 20))

    assert render(replace(rejection(), reason=spaced))


@hypothesis_settings(max_examples=40, deadline=None)
@given(typed=st.text(max_size=60))
def test_whatever_people_type_the_slip_is_printed(typed: str) -> None:
    owner = Owner(typed, typed, typed, typed, typed)
    head = Heading(Office(typed, typed), owner, typed, AT, CODE, typed, "https://songha.example/x")

    assert render(RejectionSlip(head, typed, typed, typed, typed)).startswith(b"%PDF")
