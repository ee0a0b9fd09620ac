"""Papers that look like papers: scans drawn for the demonstration, each marked as a sample."""

from functools import cache
from io import BytesIO
from pathlib import Path
from textwrap import wrap

from PIL import Image, ImageDraw, ImageFont

from motcua.dossiers import slips

FONTS = Path(slips.__file__).parent / "fonts"
WIDTH, HEIGHT, MARGIN = 794, 1123, 90  # A4 at 96 dots per inch
PAPER, INK, FAINT, STAMP = (252, 250, 243), (35, 35, 60), (150, 150, 150), (178, 34, 34)


def a_scan(title: str, holder: str) -> bytes:
    """One scanned page as a PDF: the national heading, the title, whose it is, a stamp."""
    page = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(page)
    middle = WIDTH // 2
    pen.text(
        (middle, 90), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", INK, _font("Bold", 24), anchor="mm"
    )
    pen.text((middle, 124), "Độc lập - Tự do - Hạnh phúc", INK, _font("Bold", 22), anchor="mm")
    pen.line((middle - 130, 142, middle + 130, 142), INK, 2)
    top = 220
    for line in wrap(title.upper(), 38)[:6]:
        pen.text((middle, top), line, INK, _font("Bold", 28), anchor="mm")
        top += 40
    for label, text in (("Họ, chữ đệm, tên", holder), ("Nơi cấp", "tỉnh Sông Hà"), ("Số", "")):
        top += 48
        pen.text((MARGIN, top), f"{label}: {text}", INK, _font("Regular", 24))
        pen.line((MARGIN, top + 36, WIDTH - MARGIN, top + 36), FAINT, 1)
    pen.ellipse((500, 800, 690, 990), outline=STAMP, width=5)
    pen.text((595, 895), "BẢN MẪU", STAMP, _font("Bold", 30), anchor="mm")
    pen.text(
        (middle, 1070), "Chỉ để minh họa, không có giá trị", FAINT, _font("Italic", 20), anchor="mm"
    )
    out = BytesIO()
    page.save(out, "PDF", resolution=96)
    return out.getvalue()


@cache
def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"Tinos-{face}.ttf"), size)
