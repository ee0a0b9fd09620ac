"""A template and the facts of one paper, put together: blocks with their texts, ready to be drawn.

What has places and all of them empty is left out: a <span>, and a paragraph by the places that
stand outside its spans, or when nothing but a full stop is left of it.

Law: FRM-09
"""

import re
from collections.abc import Mapping
from typing import Any

from motcua.dossiers.slips.facts import Facts
from motcua.dossiers.slips.markup import PLACE, Node, Text

Run = dict[str, Any]  # {"t": text, "b": bold, "i": italic, "s": small}; a new line is "\n"
Block = dict[str, Any]
_LETTER = re.compile(r"\w")
_SPACES = re.compile(r"[ \t\r\n]+")


def fill(blocks: tuple[Node, ...], facts: Facts) -> list[Block]:
    """The blocks of a template with the facts in their places."""
    return [made for block in blocks for made in _block(block, facts)]


def _block(node: Node, facts: Facts) -> list[Block]:
    if node.tag == "table":
        return [_table(node, facts)]
    if node.tag == "footer":
        return [{"is": "signed", "signers": [_signer(each, facts) for each in node.tags("div")]}]
    runs = _runs(node, facts.texts)
    if not _says(node, facts.texts):
        return []
    return [{"is": node.tag, "class": node.attrs.get("class", ""), "runs": runs}]


def _signer(node: Node, facts: Facts) -> Block:
    return {
        "role": _put(node.attrs.get("title", ""), facts.texts),
        "note": _put(node.attrs.get("data-note", ""), facts.texts),
        "name": _runs(node, facts.texts),
    }


def _table(node: Node, facts: Facts) -> Block:
    *heads, cells = node.tags("tr")
    found = facts.rows[node.attrs["data-each"]]
    if not found and "data-empty" in node.attrs:
        text = _put(node.attrs["data-empty"], facts.texts)
        return {"is": "p", "class": "", "runs": [_run(text)]}
    return {
        "is": "table",
        "small": node.attrs.get("class") == "small",
        "cols": [_width(col.attrs["width"]) for col in node.tags("col")],
        "aligns": [col.attrs.get("align", "left") for col in node.tags("col")],
        "head_rows": len(heads),
        "heads": [_head(cell, facts.texts) for row in heads for cell in row.tags("th")],
        "cells": [
            _cell(cell, facts.texts | {"n": str(n)} | row)
            for n, row in enumerate(found, start=1)
            for cell in cells.tags("td")
        ],
    }


def _cell(cell: Node, texts: Mapping[str, str]) -> str | list[Run]:
    """What stands in a cell; most are plain text, which is drawn several times as fast."""
    runs = _runs(cell, texts)
    plain = not any(run["b"] or run["i"] or run["s"] or "\n" in run["t"] for run in runs)
    return "".join(run["t"] for run in runs) if plain else runs


def _head(cell: Node, texts: Mapping[str, str]) -> Block:
    spans = {name: int(cell.attrs.get(name, "1")) for name in ("colspan", "rowspan")}
    return {"runs": _runs(cell, texts), **spans}


def _width(width: str) -> list[Any]:
    return [float(width[:-2]), width[-2:]]


def _says(node: Node, texts: Mapping[str, str]) -> bool:
    """Whether anything is said here: by a place of its own, or in letters when it has none."""
    own = _names(node, into_spans=False)
    if own:
        return any(texts.get(name) for name in own)
    is_plain = not _names(node, into_spans=True)
    return is_plain or any(_LETTER.search(run["t"]) for run in _runs(node, texts))


def _names(node: Node | Text, into_spans: bool) -> list[str]:
    if isinstance(node, Text):
        return PLACE.findall(node.text)
    inside = [each for each in node.inside if into_spans or not _is_span(each)]
    return [name for each in inside for name in _names(each, into_spans)]


def _is_span(node: Node | Text) -> bool:
    return isinstance(node, Node) and node.tag == "span"


def _runs(node: Node, texts: Mapping[str, str], style: str = "") -> list[Run]:
    runs: list[Run] = []
    for each in node.inside:
        if isinstance(each, Text):
            runs.append(_run(_put(_SPACES.sub(" ", each.text), texts), style))
        elif each.tag == "br":
            runs.append(_run("\n", style))
        elif each.tag != "span" or _says(each, texts):
            runs += _runs(each, texts, style + {"b": "b", "i": "i", "small": "s"}.get(each.tag, ""))
    return _trimmed(runs)


def _run(text: str, style: str = "") -> Run:
    return {"t": text, "b": "b" in style, "i": "i" in style, "s": "s" in style}


def _put(text: str, texts: Mapping[str, str]) -> str:
    """`text` with its places filled, once: what a fact says is never read as a place."""
    return PLACE.sub(lambda place: texts.get(place.group(1), ""), text)


def _trimmed(runs: list[Run]) -> list[Run]:
    return [run for run in runs if run["t"]]
