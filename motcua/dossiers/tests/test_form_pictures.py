"""Every form of both sets, drawn from fixed facts: what it says, how it looks, and its QR.

The pictures stand in `pictures/`. When a form is meant to change, look at the new one, then keep it:
    KEEP_PICTURES=1 .venv/bin/pytest motcua/dossiers/tests/test_form_pictures.py
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageFilter, ImageStat

from motcua.dossiers.slips import markup, render
from motcua.dossiers.slips.builtin import builtin
from motcua.dossiers.slips.forms import SlipKind
from motcua.dossiers.slips.samples import BASES, QR, known_places, sample_of
from motcua.dossiers.slips.sets import kinds_of, layout_of, number_in, title_in
from motcua.law.types import FormSet

PICTURES = Path(__file__).parent / "pictures"
EVERY = [(form_set, kind) for form_set in FormSet for kind in kinds_of(form_set)]
NAMES = [f"{form_set}-{kind.name.lower()}" for form_set, kind in EVERY]
MM = 72 / 25.4
SIZES = {
    ("a5", False): (148, 210), ("a5", True): (210, 148),
    ("a4", False): (210, 297), ("a4", True): (297, 210),
}  # fmt: skip
SCALE = 0.9  # pixels per point: small, and letters still have their shapes
MOST = 0.6  # of 255: how far two pictures may be apart on the whole; one line more is beyond it
SAID = {
    SlipKind.APPOINTMENT: (
        "Tiếp nhận và Trả kết quả tiếp nhận hồ sơ của: Lê Thị Thu",
        "8.000 đồng",
    ),
    SlipKind.SUPPLEMENT: ("Chưa ghi số nhà", "Yêu cầu lần thứ 2", "NGƯỜI HƯỚNG DẪN"),
    SlipKind.REJECTION: ("không tiếp nhận, giải quyết hồ sơ này", "Căn cứ: Điều 13 Luật Hộ tịch"),
    SlipKind.APOLOGY: (
        "Kính gửi: Nguyễn Thị Lan",
        "16 giờ 30 phút, ngày 25 tháng 11 năm 2026",
        "16 giờ 30 phút, ngày 27 tháng 11 năm 2026",
        "xin lỗi ông/bà",
        "PHÓ CHỦ TỊCH",
    ),
    SlipKind.STOP: ("dừng giải quyết hồ sơ này kể từ 16 giờ 30 phút", "lệ phí 8.000 đồng"),
    SlipKind.CONTROL: ("Quá hạn", "2. Nhận: Văn phòng", "Công an phường Mỹ Phước"),
    SlipKind.REGISTER: (
        "Năm 2026",
        "Nội dung, tên thủ tục hành chính",
        "Nhận từ cơ quan giải quyết",
        "Phương thức nhận kết quả",
        "Bên giao Bên nhận",
    ),
    SlipKind.TRANSFER_LIST: ("Bên nhận: Phòng Tư pháp - Hộ tịch", "Tổng số: 2 hồ sơ"),
    SlipKind.MINUTES: ("Thời hạn xử lý", "đã giao, nhận 2 hồ sơ", "Nguyễn Văn Sáu"),
    SlipKind.RESULT_LIST: ("Đăng ký trả qua bưu điện", "Đơn vị chủ trì: Phòng Tư pháp", "X X"),
    SlipKind.RETURN_RECEIPT: ("Số: 125/2026", "Người nhận kết quả: Lê Thị Thu", "0987 654 321"),
    SlipKind.URGING: (
        "Kính gửi: Phòng Tư pháp - Hộ tịch",
        "Quá hạn trả kết quả",
        "TL. CHỦ TỊCH",
        "TRƯỞNG BỘ PHẬN MỘT CỬA",
        "trước hết ngày 27/11/2026",
    ),
    SlipKind.VISIT: ("Thành phần theo thông báo: Vũ Thị Mai", "đã đọc lại cho những người có mặt"),
}


@contextmanager
def drawn(form_set: FormSet, kind: SlipKind) -> Iterator[pypdfium2.PdfPage]:
    """The one page of a sample."""
    with pypdfium2.PdfDocument(render(sample_of(form_set, kind))) as document:
        assert len(document) == 1
        yield document[0]


@pytest.mark.parametrize(("form_set", "kind"), EVERY, ids=NAMES)
def test_a_form_says_its_name_its_number_and_its_facts(form_set: FormSet, kind: SlipKind) -> None:
    with drawn(form_set, kind) as page:
        text = " ".join(page.get_textpage().get_text_bounded().split())

    assert title_in(form_set, kind).upper() in text
    number = number_in(form_set, kind)
    assert (f"Mẫu số {number}" in text) is bool(number)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Mỹ Phước, ngày 23 tháng 11 năm 2026" in text
    for said in SAID[kind]:
        assert said in text


@pytest.mark.parametrize(("form_set", "kind"), EVERY, ids=NAMES)
def test_a_form_has_its_size_and_its_qr_at_the_upper_left(
    form_set: FormSet, kind: SlipKind
) -> None:
    layout = layout_of(kind)
    size = [side * MM for side in SIZES[layout.paper, layout.landscape]]

    with drawn(form_set, kind) as page:
        assert page.get_size() == pytest.approx(size, abs=0.1)
        picture = page.render(scale=200 / 72).to_pil()

    [code] = zxingcpp.read_barcodes(picture)
    assert code.text == QR
    corner = code.position.bottom_right
    assert (corner.x < 0.26 * picture.width, corner.y < 0.26 * picture.height) == (True, True)


@pytest.mark.parametrize(("form_set", "kind"), EVERY, ids=NAMES)
def test_a_form_looks_as_it_was_seen_and_found_right(form_set: FormSet, kind: SlipKind) -> None:
    kept = PICTURES / f"{form_set}-{kind.name.lower()}.png"
    with drawn(form_set, kind) as page:
        seen = page.render(scale=SCALE, grayscale=True).to_pil().quantize(8)
    if os.environ.get("KEEP_PICTURES"):
        seen.save(kept, optimize=True)

    assert apart(seen, Image.open(kept)) < MOST


def test_a_line_that_is_missing_is_seen_in_the_picture() -> None:
    kind, form_set = SlipKind.APOLOGY, FormSet.TT03_2025
    whole = builtin(form_set, kind)
    without = "".join(line for line in whole.splitlines(True) if "Địa chỉ" not in line)
    with pypdfium2.PdfDocument(render(sample_of(form_set, kind), without)) as document:
        seen = document[0].render(scale=SCALE, grayscale=True).to_pil()

    assert apart(seen, Image.open(PICTURES / f"{form_set}-{kind.name.lower()}.png")) > MOST


def apart(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures are apart, on the whole page; a hair's breadth to any side is nothing."""
    assert one.size == other.size
    soft = [picture.convert("L").filter(ImageFilter.GaussianBlur(1.5)) for picture in (one, other)]
    return float(ImageStat.Stat(ImageChops.difference(*soft)).mean[0])


@pytest.mark.parametrize(("form_set", "kind"), EVERY, ids=NAMES)
def test_every_built_in_template_names_only_what_its_paper_knows(
    form_set: FormSet, kind: SlipKind
) -> None:
    assert markup.check(markup.read(builtin(form_set, kind)), known_places(form_set, kind)) == []


def test_each_set_has_the_papers_and_the_numbers_of_its_circular() -> None:
    old = {number_in(FormSet.TT01_2018, kind): kind for kind in kinds_of(FormSet.TT01_2018)}
    new = {number_in(FormSet.TT03_2025, kind): kind for kind in kinds_of(FormSet.TT03_2025)}

    assert sorted(old) == ["", "01", "02", "03", "04", "05", "06"]
    assert sorted(new) == ["", "01", "02", "03", "04", "05", "06", "07"]
    assert (old["05"], old["06"]) == (SlipKind.CONTROL, SlipKind.REGISTER)
    assert (new["05"], new["06"], new["07"]) == (
        SlipKind.STOP, SlipKind.CONTROL, SlipKind.REGISTER,
    )  # fmt: skip
    assert SlipKind.STOP not in kinds_of(FormSet.TT01_2018)


@pytest.mark.parametrize("form_set", list(FormSet))
def test_the_letter_of_apology_names_the_law_of_its_own_set(form_set: FormSet) -> None:
    with drawn(form_set, SlipKind.APOLOGY) as page:
        text = " ".join(page.get_textpage().get_text_bounded().split())

    assert f"Căn cứ: {BASES[form_set]}." in text
