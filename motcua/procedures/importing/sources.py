"""Reading files: one value per record, streamed, with its row number."""

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from motcua.procedures.importing import crawl, national
from motcua.procedures.importing.flaws import Flaws, Reading

LINE_LIMIT = 8 * 1024 * 1024  # one procedure is never that long; a hostile line may be
FILE_LIMIT = 256 * 1024 * 1024
BROKEN = (EOFError, OSError, zlib.error)  # what a damaged gzip raises


def readings(path: Path) -> Iterator[Reading]:
    """Every record of the file, read or not, in order."""
    if ".jsonl" in path.suffixes:
        yield from _lines(path)
    else:
        yield from _whole(path)


def _lines(path: Path) -> Iterator[Reading]:
    """The records of a JSON Lines file, plain or gzipped."""
    row = 0
    try:
        with _opened(path) as stream:
            while line := stream.readline(LINE_LIMIT):
                row += 1
                if line.strip():
                    yield _line(row, line)
    except BROKEN as error:
        yield _unread(row + 1, "Tệp nén hỏng hoặc thiếu đoạn cuối", "Dừng đọc tệp ở đây", error)


def _unread(row: int, problem: str, done: str, error: Exception) -> Reading:
    """A reading that says why there is no record."""
    flaws = Flaws(row)
    flaws.note("", problem, done, str(error))
    return Reading(row, None, tuple(flaws.found))


def _line(row: int, line: bytes) -> Reading:
    """One line, or a reading that says why it is not a record."""
    try:
        return read_record(row, json.loads(line))
    except (ValueError, RecursionError) as error:
        return _unread(row, "Dòng không phải JSON", "Không nhập dòng này", error)


def _whole(path: Path) -> Iterator[Reading]:
    """The records of one JSON document: a record, a list, or a national-database envelope."""
    try:
        with _opened(path) as stream:
            content = stream.read(FILE_LIMIT + 1)
        if len(content) > FILE_LIMIT:
            raise ValueError("tệp quá lớn")
        value = _unwrapped(json.loads(content))
    except (ValueError, RecursionError, *BROKEN) as error:
        yield _unread(1, "Tệp không phải JSON", "Không nhập tệp này", error)
        return
    for row, record in enumerate(value if isinstance(value, list) else [value], start=1):
        try:
            inner = _unwrapped(record)
        except (ValueError, RecursionError) as error:
            yield _unread(row, "Bản ghi không phải JSON", "Không nhập bản ghi này", error)
            continue
        yield read_record(row, inner)


def _unwrapped(value: Any) -> Any:
    """The value inside {"message": "<json>"} or {"result": […]}, however deep."""
    for _ in range(4):
        if not isinstance(value, dict) or "MATTHC" in value or "code" in value:
            break
        inner = next((value[key] for key in ("message", "result", "data") if key in value), None)
        if inner is None:
            break
        value = json.loads(inner) if isinstance(inner, str) else inner
    return value


def read_record(row: int, record: Any) -> Reading:
    """One record in either shape."""
    flaws = Flaws(row)
    if not isinstance(record, dict):
        flaws.note("", "Bản ghi không phải một đối tượng", "Không nhập bản ghi này")
        return Reading(row, None, tuple(flaws.found))
    reader = national.detail if "MATTHC" in record else crawl.detail
    try:
        detail = reader(record, flaws)
    except (TypeError, ValueError, AttributeError, LookupError, ArithmeticError) as error:
        flaws.note("", "Bản ghi sai cấu trúc", "Không nhập bản ghi này", str(error))
        detail = None
    return Reading(row, detail, tuple(flaws.found))


def _opened(path: Path) -> IO[bytes]:
    """The file's bytes, unpacked when it is gzipped."""
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]
