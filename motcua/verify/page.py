"""The page that judges a proof in any browser, put together into one file that needs nothing else.

It is downloaded, not opened on the site: its one script stands in the file itself. Its own policy
names that script by fingerprint and forbids everything else, the network first of all.
"""

import base64
import hashlib
import json
from functools import cache
from pathlib import Path

PAGE_NAME = "kiem-tra-bang-chung.html"
_HERE = Path(__file__).parent


@cache
def page() -> bytes:
    """The whole page; to be sent as an attachment named `PAGE_NAME`."""
    script = _source("proof.js") + _source("page.js")
    style = _source("page.css")
    words = json.dumps(json.loads(_source("words.json")), ensure_ascii=False, separators=(",", ":"))
    filled = _source("page.html")
    for name, value in {
        "SCRIPT_HASH": _hash(script),
        "STYLE_HASH": _hash(style),
        "STYLE": style,
        "WORDS": words.replace("<", "\\u003c"),
        "SCRIPT": script,
    }.items():
        filled = filled.replace(f"@{name}@", value)
    return filled.encode()


def _source(name: str) -> str:
    return (_HERE / name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
