"""Files are judged by what they are, kept for good, and never opened in our own process."""

import io
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pytest_django import Settings as SettingsWrapper

from motcua.core.errors import NotFound, Refused
from motcua.files import parser, queries, rules, shelf
from motcua.files.actions import join_photos, store
from motcua.files.models import StoredBlob
from motcua.files.types import ACCEPTED, JPEG, PDF, PNG

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_root(settings: SettingsWrapper, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


def photo(kind: str = "JPEG", size: tuple[int, int] = (300, 200), turned: int = 0) -> bytes:
    image = Image.new("RGB", size, "white")
    image.paste((200, 30, 30), (0, 0, size[0] // 4, size[1] // 4))
    exif = Image.Exif()
    if turned:
        exif[0x0112] = turned
    out = io.BytesIO()
    image.save(out, kind, exif=exif)
    return out.getvalue()


def a_pdf(pages: int = 2, password: str = "") -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        locked = pikepdf.Encryption(user=password, owner=password) if password else None
        pdf.save(out, encryption=locked)
    return out.getvalue()


def sentence(content: bytes, name: str = "giay-khai-sinh.jpg") -> str:
    with pytest.raises(Refused) as refusal:
        store(content, name)
    assert not StoredBlob.objects.exists()
    [reason] = refusal.value.reasons
    return reason.text


def test_a_pdf_and_photos_are_kept_under_their_fingerprint() -> None:
    for content, kind, pages in ((a_pdf(3), PDF, 3), (photo(), JPEG, 1), (photo("PNG"), PNG, 1)):
        kept = store(content, "Giấy khai sinh.pdf")

        assert (kept.kind, kept.pages, kept.size) == (kind, pages, len(content))
        assert kept.name == "Giấy khai sinh.pdf"
        assert queries.open_file(kept.digest).read() == content
        assert queries.file_facts(kept.digest).pages == pages


def test_an_uploaded_file_is_taken_as_the_browser_sends_it() -> None:
    upload = SimpleUploadedFile("cccd.jpg", photo(), "application/octet-stream")

    assert store(upload, "cccd.jpg").kind == JPEG


def test_the_same_content_twice_is_one_file() -> None:
    first, again = store(a_pdf(), "a.pdf"), store(a_pdf(), "b.pdf")

    # pikepdf numbers each PDF it writes, so only bytes that are the same are one.
    content = queries.read_file(first.digest)
    assert store(content, "c.pdf").digest == first.digest
    assert StoredBlob.objects.count() == len({first.digest, again.digest})


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "rỗng"),
        (b"MZ\x90\x00" + b"\x00" * 200, "chương trình máy tính"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "trang web HTML"),
        (b"   \n<html><body>", "trang web HTML"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"PK\x03\x04" + b"\x00" * 60, "tệp nén"),
        (b"PK\x03\x04" + b"\x00" * 26 + b"word/document.xml", "tệp văn phòng"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "HEIC"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "WebP"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", "đoạn phim"),
        ("Kính gửi Ủy ban nhân dân".encode(), "văn bản thuần"),
        (b"\x01\x02\x03\x04\xfe\xff\x00", "chưa nhận được"),
        (b"%PDF-1.7\nnot a pdf at all", "hỏng hoặc tải chưa đủ"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "hỏng hoặc tải chưa đủ"),
    ],
)
def test_what_cannot_be_taken_is_named_and_the_way_out_is_said(content: bytes, says: str) -> None:
    text = sentence(content)

    assert says in text
    assert "Mời ông/bà" in text


def test_half_a_photo_is_not_a_photo() -> None:
    noisy = io.BytesIO()
    Image.effect_noise((400, 400), 60).convert("RGB").save(noisy, "JPEG")

    assert "tải chưa đủ" in sentence(noisy.getvalue()[:-4000])


def test_a_pdf_behind_a_password_is_refused_with_advice() -> None:
    assert "đặt mật khẩu" in sentence(a_pdf(password="bí mật"), "hợp đồng.pdf")


def test_limits_on_size_pages_and_pixels_are_said(settings: SettingsWrapper) -> None:
    settings.FILE_MAX_BYTES = 50_000
    assert "lớn hơn 49 KB" in sentence(photo("PNG") + b"\x00" * 60_000)
    settings.FILE_MAX_PAGES = 3
    assert "tối đa 3 trang" in sentence(a_pdf(4))
    settings.FILE_MAX_PIXELS = 1_000_000
    assert "1 triệu điểm ảnh" in sentence(photo("PNG", (1100, 1000)))


def test_a_picture_bomb_is_refused_before_it_is_unpacked() -> None:
    header = photo("PNG", (8, 8))
    wide = header[:16] + (60_000).to_bytes(4, "big") * 2 + header[24:]

    assert "Mời ông/bà" in sentence(wide)


def test_a_kept_file_that_changed_on_disk_is_not_served(files_root: Path) -> None:
    kept = store(photo(), "a.jpg")
    place = shelf.place(kept.digest)
    place.chmod(0o600)
    place.write_bytes(photo() + b"x")

    with pytest.raises(Refused):
        queries.open_file(kept.digest)
    with pytest.raises(CommandError):
        call_command("verify_files")

    store(photo(), "a.jpg")
    assert queries.read_file(kept.digest) == photo()


def test_an_unknown_or_crooked_fingerprint_is_simply_not_there() -> None:
    for digest in ("0" * 64, "../../etc/passwd"):
        with pytest.raises(NotFound):
            queries.open_file(digest)


def test_pages_are_drawn_once_and_only_those_there_are() -> None:
    kept = store(a_pdf(2), "a.pdf")

    picture = Image.open(io.BytesIO(queries.page_image(kept.digest, 2, 700)))

    assert (picture.format, picture.width) == ("WEBP", 800)
    assert Image.open(io.BytesIO(queries.thumbnail(kept.digest))).width == 160
    with pytest.raises(NotFound):
        queries.page_image(kept.digest, 3)


def test_photos_become_one_pdf_of_upright_a4_pages() -> None:
    lying = store(photo(size=(300, 200)), "1.jpg")
    standing = store(photo(size=(300, 201), turned=6), "2.jpg")
    paper = store(a_pdf(2), "3.pdf")

    joined = join_photos([lying.digest, standing.digest, paper.digest])

    with pikepdf.open(queries.open_file(joined.digest)) as pdf:
        boxes = [tuple(round(float(n)) for n in page.mediabox) for page in pdf.pages]
    assert boxes == [(0, 0, 842, 595), (0, 0, 595, 842), (0, 0, 595, 842), (0, 0, 595, 842)]
    assert joined.pages == 4
    assert join_photos([lying.digest, standing.digest, paper.digest]).digest == joined.digest


def test_a_parser_that_dies_is_replaced_and_the_next_file_is_taken() -> None:
    store(photo(), "a.jpg")
    parser._probes[0].process.kill()
    parser._probes[0].process.wait()

    assert store(a_pdf(), "b.pdf").pages == 2


def test_a_parser_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    store(photo(), "a.jpg")
    monkeypatch.setattr(parser, "PATIENCE", 0.0)
    with pytest.raises(Refused) as refusal:
        store(a_pdf(), "b.pdf")
    assert refusal.value.reasons[0].code == "file_too_slow"
    monkeypatch.undo()


def test_names_lose_paths_and_tricks() -> None:
    assert rules.safe_name("C:\\Users\\lan\\Giấy khai sinh.pdf") == "Giấy khai sinh.pdf"
    assert rules.safe_name("../../etc/passwd") == "passwd"
    assert rules.safe_name("a\u202egpj.exe\x00") == "agpj.exe"
    assert rules.safe_name("///") == "tep"


@given(st.binary(max_size=300))
def test_whatever_the_bytes_are_they_have_a_name_we_can_say(content: bytes) -> None:
    kind = rules.kind_of(content)

    assert kind in ACCEPTED or kind in rules.REFUSALS
