"""Files that are no proof."""

import base64
import json
from collections.abc import Iterator

from motcua.tlog import note
from motcua.tlog.tests.a_proof import LOG, ORIGIN
from motcua.tlog.tests.altering import (
    Proof,
    altered,
    one_act,
)

Places = list[tuple[str, tuple[str | int, ...], object]]  # name, where, what stands there


def odd_fields(good: Proof) -> Places:
    """Fields that are missing, too many, or of another kind."""
    return [
        ("version 2", ("version",), 2),
        ("version true", ("version",), True),
        ("another format", ("format",), "motcua-prof"),
        ("subject a number", ("subject",), 7),
        ("first 0", ("first",), 0),
        ("first too large", ("first",), 2**53 - 1),
        ("first not whole", ("first",), 1.5),
        ("no entries", ("entries",), []),
        ("only hidden entries", ("entries",), [{"index": 256, "leaf": good["head"]}]),
        ("entries an object", ("entries",), {"0": good["entries"][0]}),
        ("entry with one field more", ("entries", 0, "leaf_"), ""),
        ("entry shown and hidden", ("entries", 0, "leaf"), good["head"]),
        ("negative index", ("entries", 0, "index"), -1),
        ("index a word", ("entries", 0, "index"), "256"),
        ("index too large", ("entries", 0, "index"), 2**53),
        ("salt of 15 bytes", ("entries", 0, "salt"), base64.b64encode(bytes(15)).decode()),
        ("keys null", ("keys",), None),
        ("nested deeply", ("subject",), [[[]]]),
        ("one field more", ("note",), ""),
        ("half a letter", ("subject",), "\ud800"),
    ]  # fmt: skip


def odd_bytes(good: Proof) -> Places:
    """Base64 that is none, or of another length."""
    return [
        ("base64 with loose bits", ("head",), good["head"][:-2] + chr(ord(good["head"][-2]) + 1) + "="),
        ("base64 without padding", ("head",), good["head"][:-1]),
        ("base64 with a line end", ("head",), good["head"] + "\n"),
        ("base64 of the web", ("entries", 0, "body"), "-_-_"),
        ("prev null", ("prev",), None),
        ("proof with a number", ("proof", 0), 7),
        ("hash of 31 bytes", ("proof", 0), base64.b64encode(bytes(31)).decode()),
    ]  # fmt: skip


def odd_checkpoints(good: Proof) -> Places:
    """Checkpoints that are none."""
    point = good["checkpoint"]
    return [
        ("checkpoint of two lines", ("checkpoint",), point.replace("\n300\n", "\n", 1)),
        ("checkpoint with an empty line", ("checkpoint",), point.replace("\n300\n", "\n300\n\n", 1)),
        ("checkpoint size 0300", ("checkpoint",), point.replace("\n300\n", "\n0300\n")),
        ("checkpoint size too large", ("checkpoint",), point.replace("\n300\n", f"\n{2**53}\n")),
        ("checkpoint with carriage returns", ("checkpoint",), point.replace("\n", "\r\n")),
        ("checkpoint without signatures", ("checkpoint",), point.split("\u2014")[0]),
        ("checkpoint without its last line end", ("checkpoint",), point[:-1]),
        ("signature line with a hyphen", ("checkpoint",), point.replace("\u2014", "-")),
        ("signer with a hard space", ("checkpoint",), point.replace("thanh-tra", "thanh\u00a0tra")),
        ("signer with a mark of byte order", ("checkpoint",), point.replace("thanh-tra", "thanh\ufefftra")),
        ("checkpoint too long", ("checkpoint",), point.replace("\n\n", "\n" + "x" * 65536 + "\n\n")),
        ("checkpoint with an empty line at its end", ("checkpoint",), point.replace("\n\n", "\n\n\n")),
    ]  # fmt: skip


def odd_keys(good: Proof) -> Places:
    """Keys that are none."""
    key = good["keys"][0]
    return [
        ("key with another id", ("keys", 0, "vkey"), key["vkey"].replace("+", "+0", 1)),
        ("key with the id of another", ("keys", 0, "vkey"), key["vkey"].replace(key["fingerprint"][:8], "0" * 8)),
        ("key of another kind", ("keys", 0, "vkey"), note.VerifierKey(ORIGIN, 2, LOG.verifier.public).vkey),
        ("fingerprint in capitals", ("keys", 0, "fingerprint"), key["fingerprint"].upper()),
        ("fingerprint of another key", ("keys", 0, "fingerprint"), good["keys"][1]["fingerprint"]),
    ]  # fmt: skip


def rubbish() -> Iterator[tuple[str, bytes]]:
    """Files that are no proof at all."""
    good = one_act()
    text = json.dumps(good, ensure_ascii=False)
    places = [
        each for odd in (odd_fields, odd_bytes, odd_checkpoints, odd_keys) for each in odd(good)
    ]
    for name, path, value in places:
        spoilt = altered(good, *path, value=value)
        yield name, json.dumps(spoilt, ensure_ascii=name == "half a letter").encode()
    yield "one field missing", json.dumps({k: v for k, v in good.items() if k != "head"}).encode()
    yield "nothing", b""
    yield "a list", b"[]"
    yield "null", b"null"
    yield "cut off", text[:-1].encode()
    yield "something behind", text.encode() + b"x"
    yield "a mark of byte order before", b"\xef\xbb\xbf" + text.encode()
    yield "not UTF-8", text.encode().replace(b"motcua-proof", b"motcua-proo\xff")
    yield "NaN", text.replace('"first": 3', '"first": NaN').encode()
    yield "brackets without end", b"[" * 5_000
