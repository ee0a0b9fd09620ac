"""The register as files: pages on A4 drawn a stretch at a time, and a spreadsheet written as it is read.

Neither holds more than a stretch of rows in memory, however long the register.

Law: FRM-01, FRM-04, FRM-05, FRM-09
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import pypdfium2
import xlsxwriter

from motcua.dossiers.slips import markup
from motcua.dossiers.slips.facts import facts_of, title_of
from motcua.dossiers.slips.filling import Block, fill
from motcua.dossiers.slips.lists import DossierRegister, RegisterRow
from motcua.dossiers.slips.printing import PLAIN, draw
from motcua.dossiers.slips.sets import number_in
from motcua.dossiers.slips.words import HANOI

Progress = Callable[[int], None]
STRETCH = 60  # rows drawn together: typst remembers its last ten drawings
MM = 72 / 25.4
FIRST_COLUMN = (14 * MM, 24 * MM)  # where the numbers of the rows stand, from the left
FOOT = 13 * MM
COLUMNS = (  # heading, width in letters, field of the row
    ("STT", 6, "number"),
    ("Mã hồ sơ", 26, "code"),
    ("Nội dung, tên thủ tục hành chính", 44, "request"),
    ("Số lượng hồ sơ (bộ)", 9, "set_count"),
    ("Tên tổ chức, cá nhân", 26, "owner_name"),
    ("Địa chỉ, số điện thoại", 40, "contact"),
    ("Nhận hồ sơ", 16, "received_at"),
    ("Hẹn trả kết quả", 16, "due_at"),
    ("Chuyển cơ quan giải quyết", 16, "sent_at"),
    ("Nhận từ cơ quan giải quyết", 16, "back_at"),
    ("Trả kết quả", 16, "returned_at"),
    ("Bên giao", 22, "giver"),
    ("Bên nhận", 22, "receiver"),
    ("Phương thức nhận kết quả", 22, "delivery"),
    ("Ghi chú", 30, "note"),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
HEAD_ROWS = 4


def write_pdf(
    path: Path,
    head: DossierRegister,
    rows: Iterable[RegisterRow],
    template: str,
    progress: Progress = lambda _: None,
) -> int:
    """Write the register to `path`, `head` saying of whom and when; returns the number of pages.

    Law: FRM-04, FRM-05
    """
    blocks = markup.read(template)
    with TemporaryDirectory(prefix="motcua-register-") as folder, ExitStack() as held:
        book = held.enter_context(pikepdf.new())
        for n, (content, kept) in enumerate(_stretches(head, rows, blocks, progress)):
            part = Path(folder) / f"{n}.pdf"
            part.write_bytes(content)
            pages = held.enter_context(pikepdf.open(part)).pages
            book.pages.extend(pages[:kept])
        book.docinfo["/Title"] = f"{title_of(head)} {head.heading.number}"
        count = len(book.pages)
        book.save(path)
    return count


def _stretches(
    head: DossierRegister,
    rows: Iterable[RegisterRow],
    template: tuple[markup.Node, ...],
    progress: Progress,
) -> Iterator[tuple[bytes, int]]:
    """Each stretch as a PDF, and how many of its pages count.

    Rows on a last page that is not full begin the next stretch, so that no page stays half empty.
    """
    waiting, coming, page, done = list[RegisterRow](), iter(rows), 1, 0
    first, last = True, False
    while not last:
        while len(waiting) < STRETCH and not last:
            following = next(coming, None)
            last = following is None
            waiting += [following] if following else []
        blocks = fill(template, facts_of(replace(head, rows=tuple(waiting))))
        shown = _part(blocks, first, last)
        content = draw(head, shown, first_page=page, headed=first, standards=PLAIN)
        kept, left = _full_pages(content, waiting, last)
        yield content, kept
        done += len(waiting) - len(left)
        progress(done)
        waiting, page, first = left, page + kept, False


def _part(blocks: list[Block], first: bool, last: bool) -> list[Block]:
    """What stands before the table only on the first page, what stands after it only on the last."""
    at = next((n for n, block in enumerate(blocks) if block["is"] == "table"), None)
    if at is None:
        return blocks
    return blocks[0 if first else at : len(blocks) if last else at + 1]


def _full_pages(
    content: bytes, rows: list[RegisterRow], last: bool
) -> tuple[int, list[RegisterRow]]:
    """How many pages of a stretch count, and the rows that begin the next one."""
    with pypdfium2.PdfDocument(content) as drawn:
        count = len(drawn)
        if last or count < 2:
            return count, []
        page = drawn[count - 1]
        text = page.get_textpage().get_text_bounded(
            FIRST_COLUMN[0], FOOT, FIRST_COLUMN[1], page.get_height()
        )
    numbers = [int(word) for word in re.findall(r"^\d+$", text, re.ASCII | re.MULTILINE)]
    left = [row for row in rows if numbers and row.number >= numbers[0]]
    return (count - 1, left) if 0 < len(left) < len(rows) else (count, [])


def write_xlsx(
    path: Path,
    head: DossierRegister,
    rows: Iterable[RegisterRow],
    progress: Progress = lambda _: None,
) -> int:
    """Write the register to `path` as a spreadsheet; returns the number of its rows.

    Texts are written as texts: what begins like a formula is none, and stays none when it is edited.

    Law: FRM-01, FRM-08
    """
    form = number_in(head.heading.form_set, head.kind)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Sổ theo dõi hồ sơ")
        bold = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter"})
        when = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        quoted = book.add_format({"quote_prefix": True})
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROWS - 1)
        sheet.freeze_panes(HEAD_ROWS, 2)
        sheet.write_string(
            0, 0, f"{title_of(head).upper()} NĂM {head.year}", book.add_format({"bold": True})
        )
        sheet.write_string(
            1, 0, f"{head.heading.office.superior}. Mẫu số {form}. Số: {head.heading.number}"
        )
        sheet.write_string(2, 0, f"{head.scope}. {head.total} hồ sơ.")
        for column, (name, width, _) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(HEAD_ROWS - 1, column, name, bold)
        count = 0
        for count, row in enumerate(rows, start=1):
            _write(sheet, HEAD_ROWS - 1 + count, row, when, quoted)
            if count % STRETCH == 0:
                progress(count)
    progress(count)
    return count


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    at: int,
    row: RegisterRow,
    when: xlsxwriter.format.Format,
    quoted: xlsxwriter.format.Format,
) -> None:
    for column, (_, _, name) in enumerate(COLUMNS):
        value = getattr(row, name)
        if isinstance(value, datetime):
            sheet.write_datetime(at, column, value.astimezone(HANOI).replace(tzinfo=None), when)
        elif isinstance(value, int):
            sheet.write_number(at, column, value)
        elif value:
            sheet.write_string(at, column, value, quoted if value.startswith(FORMULA) else None)
