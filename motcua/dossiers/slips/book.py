"""The register on A4: its head and the heading of its table drawn once, its rows written page by page.

It holds a stretch of rows in memory, and the finished pages packed, however long the register.

Law: FRM-01, FRM-04, FRM-05, FRM-09
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from motcua.dossiers.slips import markup
from motcua.dossiers.slips.facts import facts_of, title_of
from motcua.dossiers.slips.filling import Block, fill
from motcua.dossiers.slips.lists import DossierRegister, RegisterRow
from motcua.dossiers.slips.pages import FOOT, MM, RIGHT, TOP, Binding, Ground, ground
from motcua.dossiers.slips.printing import PLAIN, draw
from motcua.dossiers.slips.rows import Grid, Line, grid_of, rows_of, rule_rows, write_rows

Progress = Callable[[int], None]
STRETCH = 100  # rows filled in together
LEFT = 14 * MM


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
    stretches = _filled(head, rows, markup.read(template))
    blocks, done = next(stretches)
    at = next((n for n, block in enumerate(blocks) if block["is"] == "table"), None)
    book = Binding()
    if at is None:  # nothing to list, or a template that lists nothing
        content = _typst(head, blocks, 1, headed=True)
        book.as_drawn(content, ground(content).count)
    else:
        heading = {**blocks[at], "cells": []}
        writer = _Writer(book, head, [*blocks[:at], heading], heading)
        while True:
            writer.write(blocks[at])
            progress(done)
            blocks, more = next(stretches, (blocks, 0))
            if not more:
                break
            done += more
        writer.end(blocks[at + 1 :])
    progress(done)
    book.save(path, f"{title_of(head)} {head.heading.number}")
    return book.count


def _filled(
    head: DossierRegister, rows: Iterable[RegisterRow], template: tuple[markup.Node, ...]
) -> Iterator[tuple[list[Block], int]]:
    """The blocks of the template with a stretch of rows in them, and how many; at least once."""
    coming, is_first = iter(rows), True
    while (part := tuple(islice(coming, STRETCH))) or is_first:
        yield fill(template, facts_of(replace(head, rows=part))), len(part)
        is_first = False


def _typst(head: DossierRegister, blocks: list[Block], page: int, headed: bool = False) -> bytes:
    return draw(head, blocks, first_page=page, headed=headed, standards=PLAIN)


class _Writer:
    """Rows going onto pages: the first under the head, the others under the heading of the table."""

    def __init__(
        self, book: Binding, head: DossierRegister, first: list[Block], heading: Block
    ) -> None:
        self.book, self.head = book, head
        content = draw(head, first, standards=PLAIN)
        self.under = ground(content)
        book.as_drawn(content, self.under.count - 1)  # of a head longer than a page
        self.following = ground(draw(head, [heading], headed=False, standards=PLAIN))
        self.grid: Grid = grid_of(heading, LEFT, self.under.width - RIGHT)
        self.rows: list[tuple[list[list[Line]], float]] = []
        self.levels = [self.under.end]

    def write(self, table: Block) -> None:
        """Put these rows onto this page and the next ones; a row goes on only where none holds it."""
        for row in rows_of(table, self.grid):
            most = max(map(len, row), default=0)
            if self._fits(most):
                self._put(row, most)
                continue
            whole = self.grid.height(most) <= self.following.end - FOOT
            if len(self.levels) > 1 and whole:
                self.turn()
            self._in_parts(row, most)

    def _fits(self, lines: int) -> bool:
        return self.grid.height(lines) <= self.levels[-1] - FOOT

    def _in_parts(self, row: list[list[Line]], most: int) -> None:
        start = 0
        while not self._fits(most - start):
            here = self.grid.lines_in(self.levels[-1] - FOOT)
            if here or len(self.levels) == 1:
                here = max(here, 1)
                self._put([lines[start : start + here] for lines in row], here)
                start += here
            self.turn()
        self._put([lines[start:] for lines in row], most - start)

    def _put(self, row: list[list[Line]], lines: int) -> None:
        self.rows.append((row, self.levels[-1]))
        self.levels.append(self.levels[-1] - self.grid.height(max(lines, 1)))

    def turn(self, above: tuple[Ground, float] | None = None) -> None:
        """This page is full."""
        if self.rows:
            write_rows(self.book.canvas, self.rows, self.grid)
            rule_rows(self.book.canvas, self.grid, self.levels)
        self.book.turn(self.under, above)
        self.under, self.rows = self.following, []
        self.levels = [self.under.end]

    def end(self, after: list[Block]) -> None:
        """The last page, with what the template says under the table."""
        if not after:
            self.turn()
        else:
            said = ground(draw(self.head, after, headed=False, standards=PLAIN))
            down = said.height - TOP - self.levels[-1] + 2 * MM
            if said.count == 1 and said.end - down >= FOOT:
                self.turn((said, down))
            else:
                self.turn()
                self.book.as_drawn(_typst(self.head, after, self.book.count + 1), said.count)
