"""The language of the templates: a few HTML tags, and places like {{owner_name}}. Nothing in it runs.

A template can name facts and lay them out; it cannot compute, load or include. Whatever is not
listed here is refused with the number of its line, so nothing of it is ever quietly left out.

Law: FRM-09
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from motcua.core.errors import Reason, Refused
from motcua.dossiers.slips.words import UNPRINTABLE

LONGEST = 20_000
DEEPEST = 20
PLACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
HALF_PLACE = re.compile(
    r"(?<!\{)\{\s*([a-z][a-z0-9_]*)\s*\}(?!\})", re.ASCII
)  # typed with one brace
WIDTH = re.compile(r"\d{1,3}(\.\d{1,2})?(mm|fr)", re.ASCII)
SPAN = re.compile(r"[1-9]|1[0-9]", re.ASCII)
NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
ALIGNS = ("left", "center", "right")
CLASSES = ("center", "note", "bar")


def _one_of(*allowed: str) -> Callable[[str], bool]:
    return lambda value: value in allowed


def _any(value: str) -> bool:
    return True


def _like(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda value: bool(pattern.fullmatch(value))


INLINE = ("b", "i", "small", "span", "br")
# tag → where it may stand, and the attributes it may have
TAGS: dict[str, tuple[tuple[str, ...], dict[str, Callable[[str], bool]]]] = {
    "h1": (("",), {}),
    "p": (("",), {"class": _one_of(*CLASSES)}),
    "table": (
        ("",),
        {"data-each": _like(NAME), "data-empty": _any, "class": _one_of("small")},
    ),
    "footer": (("",), {}),
    "col": (("table",), {"width": _like(WIDTH), "align": _one_of(*ALIGNS)}),
    "tr": (("table",), {}),
    "th": (("tr",), {"colspan": _like(SPAN), "rowspan": _like(SPAN)}),
    "td": (("tr",), {}),
    "div": (("footer",), {"title": _any, "data-note": _any}),
    **{tag: (("h1", "p", "th", "td", "div", *INLINE[:-1]), {}) for tag in INLINE},
}
VOID = ("col", "br")
SPEAKS = ("h1", "p", "th", "td", "div", *INLINE[:-1])  # where text may stand


@dataclass
class Node:
    """A tag with what stands in it; text stands in as a `Text`."""

    tag: str
    line: int
    attrs: dict[str, str] = field(default_factory=dict)
    inside: "list[Node | Text]" = field(default_factory=list)

    def tags(self, *wanted: str) -> "Iterator[Node]":
        """The tags right inside, of these names."""
        return (each for each in self.inside if isinstance(each, Node) and each.tag in wanted)


@dataclass(frozen=True)
class Text:
    """A stretch of text with its places still open."""

    text: str
    line: int


def read(source: str) -> tuple[Node, ...]:
    """The blocks of a template, top to bottom; refused with every line that is wrong."""
    if len(source) > LONGEST:
        told = f"Mẫu dài {len(source)} ký tự, tối đa {LONGEST} ký tự."
        raise Refused([Reason("too_long", told, "html")])
    reader = _Reader()
    try:
        reader.feed(source)
        reader.close()
    except AssertionError:  # how html.parser answers a declaration it does not know
        reader.unknown_decl("")
    reader.end()
    reasons = reader.reasons or _tables(reader.root)
    if not reasons and not [*reader.root.tags("h1")]:
        reasons = [_wrong(1, "mẫu chưa có tên giấy, mời thêm <h1>…</h1>")]
    if reasons:
        raise Refused(reasons)
    return tuple(reader.root.tags("h1", "p", "table", "footer"))


def places(node: "Node | Text") -> Iterator[tuple[str, int]]:
    """Every place in a node with its line, deep down."""
    if isinstance(node, Text):
        for found in PLACE.finditer(node.text):
            yield found.group(1), node.line + node.text.count("\n", 0, found.start())
        return
    for value in node.attrs.values():
        yield from ((found.group(1), node.line) for found in PLACE.finditer(value))
    for each in node.inside:
        yield from places(each)


def check(blocks: tuple[Node, ...], known: Mapping[str, frozenset[str]]) -> list[Reason]:
    """A sentence for each place or list that is not known; `known[""]` are the facts of the paper."""
    reasons = []
    for block in blocks:
        rows = block.attrs.get("data-each", "") if block.tag == "table" else ""
        if rows and rows not in known:
            reasons.append(_wrong(block.line, f"không có danh sách “{rows}”"))
            continue
        names = known[""] | (known[rows] | {"n"} if rows else frozenset())
        reasons += [
            _wrong(line, f"không có chỗ điền {{{{{name[:40]}}}}}")
            for name, line in places(block)
            if name not in names
        ]
    return reasons


def _tables(root: Node) -> list[Reason]:
    """What is wrong with the shape of the tables."""
    reasons = []
    for table in root.tags("table"):
        cols, rows = [*table.tags("col")], [*table.tags("tr")]
        with_cells = [row for row in rows if [*row.tags("td")]]
        if "data-each" not in table.attrs or len(with_cells) != 1 or rows[-1:] != with_cells:
            told = "bảng cần data-each, các hàng <th> rồi đúng một hàng <td> ở cuối"
            reasons.append(_wrong(table.line, told))
        elif len([*with_cells[0].tags("td")]) != len(cols) or [*with_cells[0].tags("th")]:
            told = f"hàng <td> cần đúng {len(cols)} ô, bằng số <col> của bảng"
            reasons.append(_wrong(with_cells[0].line, told))
        elif _spread(rows[:-1]) != [len(cols)] * (len(rows) - 1):
            told = f"các hàng <th> cần phủ đủ {len(cols)} cột"
            reasons.append(_wrong(table.line, told))
        reasons += [
            _wrong(col.line, "mỗi <col> cần width, ví dụ 9mm hoặc 1fr")
            for col in cols
            if "width" not in col.attrs
        ]
    return reasons


def _spread(rows: list[Node]) -> list[int]:
    """How many columns each row of headings covers, with those that hang down from above."""
    covered = [0] * len(rows)
    for at, row in enumerate(rows):
        for cell in row.tags("th"):
            high = int(cell.attrs.get("rowspan", "1"))
            for below in range(at, at + high):
                if below >= len(rows):
                    return []
                covered[below] += int(cell.attrs.get("colspan", "1"))
    return covered


def _wrong(line: int, told: str) -> Reason:
    return Reason("bad_template", f"Dòng {line}: {told}.", "html")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", 1)
        self.open = [self.root]
        self.reasons: list[Reason] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, inside = self.getpos()[0], self.open[-1].tag
        node = Node(tag, line, {name: value or "" for name, value in attrs})
        where, allowed = TAGS.get(tag, ((), {}))
        if not where:
            self.reasons.append(_wrong(line, f"không dùng được thẻ <{tag[:20]}>"))
        elif inside not in where:
            told = (
                f"thẻ <{tag}> không đứng trong <{inside}>"
                if inside
                else f"thẻ <{tag}> không đứng riêng"
            )
            self.reasons.append(_wrong(line, f"{told} được"))
        self.reasons += [
            _wrong(line, f"thẻ <{tag[:20]}> không có thuộc tính {name[:30]}=“{value[:30]}”")
            for name, value in node.attrs.items()
            if where and not (name in allowed and allowed[name](value))
        ]
        self._undrawn(" ".join(node.attrs.values()), line)
        if len(self.open) > DEEPEST:
            self.reasons.append(_wrong(line, f"thẻ lồng nhau quá {DEEPEST} lần"))
            return
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.open[-1].tag != tag:
            self.reasons.append(_wrong(self.getpos()[0], f"thẻ </{tag[:20]}> đóng không đúng chỗ"))
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        line = self.getpos()[0]
        self._undrawn(data, line)
        if self.open[-1].tag in SPEAKS:
            self.open[-1].inside.append(Text(data, line))
        elif data.strip():
            at = line + data[: len(data) - len(data.lstrip())].count("\n")
            self.reasons.append(_wrong(at, "chữ phải nằm trong <p>, <h1> hoặc ô của bảng"))

    def _undrawn(self, text: str, line: int) -> None:
        """What could not be printed as meant: letters that our font lacks, places in one brace."""
        for half in HALF_PLACE.finditer(text):
            at = line + text.count("\n", 0, half.start())
            told = f"chỗ điền viết bằng hai ngoặc: {{{{{half.group(1)}}}}}"
            self.reasons.append(_wrong(at, told))
        if found := UNPRINTABLE.search(text.replace("\t", " ").replace("\r", " ")):
            at, letter = line + text.count("\n", 0, found.start()), found.group()
            name = f"“{letter}” " if letter.isprintable() else ""
            told = f"phông chữ của giấy tờ không có ký tự {name}(U+{ord(letter):04X})"
            self.reasons.append(_wrong(at, told))

    def handle_comment(self, data: str) -> None:
        """Notes of whoever wrote the template; never printed."""

    def handle_decl(self, decl: str) -> None:
        self.reasons.append(_wrong(self.getpos()[0], "không dùng được khai báo <!…>"))

    def handle_pi(self, data: str) -> None:
        self.reasons.append(_wrong(self.getpos()[0], "không dùng được lệnh <?…>"))

    def unknown_decl(self, data: str) -> None:
        self.reasons.append(_wrong(self.getpos()[0], "không dùng được khai báo <![…"))

    def end(self) -> None:
        """What was never closed; told first, for much of what seems wrong behind it follows from it."""
        unclosed = [_wrong(e.line, f"thẻ <{e.tag[:20]}> chưa đóng") for e in self.open[1:]]
        self.reasons = [*unclosed, *self.reasons]
