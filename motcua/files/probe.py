"""A process apart that opens hostile files: `python -m motcua.files.probe`.

It reads one JSON request per line and answers with one JSON line. It has bounded memory, no
secrets in its environment and no database; if a file kills it, its owner starts another.
"""

import io
import json
import resource
import sys
import warnings
from collections.abc import Callable
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image, ImageOps

MEMORY = 2 * 1024**3
LARGEST_OUTPUT = 200 * 1024**2
A4 = (595.276, 841.89)  # points
MARGIN = 28.35  # 10 mm
A4_AT_300_DPI = (3508, 3508)
LONGEST_SIDE = 6000
IMAGES = {"image/jpeg": "JPEG", "image/png": "PNG"}


class Objection(Exception):
    """The file cannot be taken; the message is the code of the reason."""


def inspect(path: str, kind: str, pages: int, pixels: int) -> dict[str, Any]:
    """How many pages the file has, once it has been read to its end."""
    if kind in IMAGES:
        with _image(path, kind, pixels) as image:
            image.load()
        return {"pages": 1}
    with pikepdf.open(path) as pdf:
        count = len(pdf.pages)
        if count == 0:
            raise Objection("no_pages")
        if count > pages:
            raise Objection("too_many_pages")
        for page in pdf.pages:
            _ = page.mediabox
    return {"pages": count}


def draw(path: str, kind: str, page: int, width: int, pixels: int, out: str) -> dict[str, Any]:
    """A picture of one page, `width` pixels wide, as WebP at `out`."""
    if kind in IMAGES:
        with _image(path, kind, pixels) as opened:
            opened.draft("RGB", (width * 2, width * 2))
            picture = _on_white(ImageOps.exif_transpose(opened))
    else:
        picture = _drawn_page(path, page, width)
    picture.thumbnail((width, LONGEST_SIDE))
    picture.save(out, "WEBP", quality=80, method=2)
    return {"width": picture.width, "height": picture.height}


def join(parts: list[list[str]], pixels: int, pages: int, out: str) -> dict[str, Any]:
    """One PDF of A4 pages at `out`, from photos (turned upright) and PDFs, in order."""
    with pikepdf.new() as pdf:
        for path, kind in parts:
            if kind in IMAGES:
                with _image(path, kind, pixels) as opened:
                    _add_photo(pdf, _on_white(ImageOps.exif_transpose(opened)))
            else:
                with pikepdf.open(path) as more:
                    pdf.pages.extend(more.pages)
            if len(pdf.pages) > pages:
                raise Objection("too_many_pages")
        pdf.save(out, deterministic_id=True)
        return {"pages": len(pdf.pages)}


def _image(path: str, kind: str, pixels: int) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = pixels
    image = Image.open(path, formats=[IMAGES[kind]])
    if image.width * image.height > pixels:
        raise Objection("too_many_pixels")
    return image


def _on_white(image: Image.Image) -> Image.Image:
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    white = Image.new("RGB", layer.size, "white")
    white.paste(layer, mask=layer.getchannel("A"))
    return white


def _drawn_page(path: str, page: int, width: int) -> Image.Image:
    with pypdfium2.PdfDocument(path) as pdf:
        sheet = pdf[page - 1]
        wide, high = sheet.get_size()
        scale = min(width / max(wide, 1), LONGEST_SIDE / max(high, 1))
        picture: Image.Image = sheet.render(scale=scale).to_pil().convert("RGB")
        return picture


def _add_photo(pdf: pikepdf.Pdf, photo: Image.Image) -> None:
    photo.thumbnail(A4_AT_300_DPI)
    packed = io.BytesIO()
    photo.save(packed, "JPEG", quality=85)
    sheet = A4 if photo.height >= photo.width else A4[::-1]
    scale = min((sheet[0] - 2 * MARGIN) / photo.width, (sheet[1] - 2 * MARGIN) / photo.height)
    wide, high = photo.width * scale, photo.height * scale
    left, low = (sheet[0] - wide) / 2, (sheet[1] - high) / 2
    stream = pikepdf.Stream(pdf, packed.getvalue())
    stream.update(
        {
            "/Type": pikepdf.Name.XObject,
            "/Subtype": pikepdf.Name.Image,
            "/Width": photo.width,
            "/Height": photo.height,
            "/ColorSpace": pikepdf.Name.DeviceRGB,
            "/BitsPerComponent": 8,
            "/Filter": pikepdf.Name.DCTDecode,
        }
    )
    page = pdf.add_blank_page(page_size=sheet)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Photo=stream))
    drawing = f"q {wide:.3f} 0 0 {high:.3f} {left:.3f} {low:.3f} cm /Photo Do Q"
    page.Contents = pdf.make_stream(drawing.encode())


DEEDS: dict[str, Callable[..., dict[str, Any]]] = {"inspect": inspect, "draw": draw, "join": join}


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Do one deed; whatever a file provokes comes back as a code, never as a crash of the caller."""
    try:
        return DEEDS[request.pop("deed")](**request)
    except Objection as objection:
        return {"refusal": str(objection)}
    except pikepdf.PasswordError:
        return {"refusal": "encrypted"}
    except Image.DecompressionBombError:
        return {"refusal": "too_many_pixels"}
    except MemoryError:
        return {"refusal": "too_slow"}
    except Exception as trouble:
        return {"refusal": "broken", "note": f"{type(trouble).__name__}: {trouble}"[:300]}


def main() -> None:
    """Answer requests until the owner goes away."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_OUTPUT, LARGEST_OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")
    for line in sys.stdin.buffer:
        sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
