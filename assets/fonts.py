"""Cut Noto Sans down to what the pages use: 400–700, latin and vietnamese.

Run once by a maintainer, from this folder, after `npm ci --ignore-scripts`:
    uv run --no-project --with fonttools --with brotli python fonts.py
"""

from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

SOURCE = Path("node_modules/@fontsource-variable/noto-sans")
TARGET = Path("../motcua/sites/static/fonts")

for subset in ("latin", "vietnamese"):
    font = TTFont(SOURCE / f"files/noto-sans-{subset}-wght-normal.woff2", recalcTimestamp=False)
    cut = instancer.instantiateVariableFont(font, {"wght": (400, 700)})
    cut.flavor = "woff2"
    cut.save(TARGET / f"noto-sans-{subset}.woff2")
(TARGET / "OFL.txt").write_text((SOURCE / "LICENSE").read_text())
