"""The register as a spreadsheet, written as it is read: no more than a row is held in memory.

Law: FRM-01, FRM-08
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import xlsxwriter

from motcua.core.sheets import is_formula
from motcua.dossiers.slips.facts import title_of
from motcua.dossiers.slips.lists import DossierRegister, RegisterRow
from motcua.dossiers.slips.sets import number_in
from motcua.dossiers.slips.words import HANOI

Progress = Callable[[int], None]
TELL_EVERY = 100  # rows
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
    ("Điểm thời gian giải quyết (2: sớm, 1: đúng, 0: quá thời hạn)", 16, "points"),
)
HEAD_ROWS = 4


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
            if count % TELL_EVERY == 0:
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
            sheet.write_string(at, column, value, quoted if is_formula(value) else None)
