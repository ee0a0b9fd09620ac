"""What a stored file is, and the sentences about files that cannot be taken."""

from dataclasses import dataclass

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
ACCEPTED = {PDF: "PDF", JPEG: "JPEG", PNG: "PNG"}


@dataclass(frozen=True)
class StoredFile:
    """A file that is safely on disk: its fingerprint names it."""

    digest: str
    size: int
    kind: str
    pages: int
    name: str = ""


@dataclass(frozen=True)
class Limits:
    """How large a file may be, in every sense."""

    size: int = 20 * 1024 * 1024
    pages: int = 300
    pixels: int = 80_000_000
