"""Judge a proof: python -m motcua.verify FILE [--key "VKEY [LEAST [MOST]]"]… [--keys FILE] [--tsa CERT]

Ends with 0 if the proof holds, with 1 if a step failed, with 2 if there is no proof to judge.
"""

import argparse
import sys
from pathlib import Path

from motcua.tlog.bundle import MOST_BYTES, Bundle
from motcua.tlog.verdict import TrustedKey, check, trusted_keys
from motcua.verify.told import lines, verdict_name

HOLDS, FAILED, UNREADABLE = 0, 1, 2
ENDS = {"holds": HOLDS, "own-key": HOLDS, "failed": FAILED, "unreadable": UNREADABLE}


def main(arguments: list[str] | None = None) -> int:
    """Print the verdict; the number is the end of the program."""
    parser = argparse.ArgumentParser(prog="motcua.verify", description="Kiểm tra tệp bằng chứng.")
    parser.add_argument("file", type=Path, help="tệp .dvcproof")
    parser.add_argument("--key", action="append", default=[], help="khóa ông/bà tin cậy")
    parser.add_argument("--keys", type=Path, help="tệp các khóa, mỗi dòng một khóa")
    parser.add_argument("--tsa", type=Path, help="chứng thư gốc (PEM) của nơi cấp dấu thời gian")
    asked = parser.parse_args(arguments)
    try:
        known = [TrustedKey.parse(key) for key in asked.key]
        known += trusted_keys(asked.keys.read_text("utf-8")) if asked.keys else []
        roots = asked.tsa.read_bytes() if asked.tsa else None
        with asked.file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        print(f"Không đọc được: {error}", file=sys.stderr)
        return UNREADABLE
    verdict = check(content, known)
    print("\n".join(lines(verdict)))
    end = ENDS[verdict_name(verdict)]
    if roots is not None and verdict.bundle is not None and not _is_stamped(verdict.bundle, roots):
        return end or FAILED
    return end


def _is_stamped(bundle: Bundle, roots: bytes) -> bool:
    """Whether an authority under these roots signed the time stamp; says so either way."""
    from motcua.verify import authority

    try:
        at = authority.stamped_at(bundle.token, bundle.note.text, roots)
    except authority.Unproven as error:
        print(f"  ✗ Nơi cấp dấu thời gian: {error}")
        return False
    print(f"  ✓ Nơi cấp dấu thời gian đã ký lúc {at:%H:%M:%S ngày %d/%m/%Y} (giờ Việt Nam).")
    return True


if __name__ == "__main__":
    sys.exit(main())
