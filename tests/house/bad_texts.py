"""What people, phones and attackers put into boxes: each text as typed, and as it is kept."""

import unicodedata

LAN = "Nguyễn Thị Lan"

# name → (typed, kept). What is kept is the same letters in NFC, without what nobody can see.
TEXTS: dict[str, tuple[str, str]] = {
    "decomposed": (unicodedata.normalize("NFD", LAN), LAN),
    "zero width": ("Nguyễn\u200b Thị\u200d Lan\ufeff", LAN),
    "turned around": ("giay\u202efdp.exe \u2066Lan\u2069", "giayfdp.exe Lan"),
    "nothing byte": ("Lan\x00\x00 Lan", "Lan Lan"),
    "bells and escapes": ("Lan\x07 \x1b[31mLan\x7f\x85", "Lan [31mLan"),
    "no letter at all": ("Lan\uffff\U0001fffe Lan", "Lan Lan"),
    "faces": ("Chúc mừng 🎉 👍🏽 ❤️", "Chúc mừng 🎉 👍🏽 ❤️"),
    "newer than this machine": ("Lan \U0001fae8 \U0001fabf", "Lan \U0001fae8 \U0001fabf"),
    "script": ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    "half a tag": ("\"'><img src=x onerror=alert(1)> &amp; &lt;", "\"'><img src=x onerror=alert(1)> &amp; &lt;"),
    "database": ("'; DROP TABLE dossiers_dossier; --", "'; DROP TABLE dossiers_dossier; --"),
    "template": ("{{ 7|add:7 }}{% csrf_token %}#eval(1)", "{{ 7|add:7 }}{% csrf_token %}#eval(1)"),
    "wildcards": ("100% _ \\ %s %(x)s {0} $1", "100% _ \\ %s %(x)s {0} $1"),
    "spreadsheet": ("=cmd|'/c calc'!A0", "=cmd|'/c calc'!A0"),
    "ede name": ("H' Hen Niê", "H' Hen Niê"),
    "curly apostrophe": ("H’ Hen Niê", "H’ Hen Niê"),
    "many words": ("lan " * 30, ("lan " * 30).strip()),
    "one long word": ("x" * 190, "x" * 190),
    "piled marks": ("a" + "\u0323\u0302" + "\u0301" * 100, "ậ" + "\u0301" * 100),
    "turkish": ("İstanbul ıIiİ", "İstanbul ıIiİ"),
    "other scripts": ("Нгуен 阮氏蘭 نغوين", "Нгуен 阮氏蘭 نغوين"),
    "a cyrillic letter": ("Lаn", "Lаn"),
    "syllables of many parts": ("갉" * 190, "갉" * 190),
    "wide digits": ("０７９ １２", "０７９ １２"),
    "only spaces": (" \u00a0\u3000\t ", ""),
    "only the unseen": ("\u200b\u2060\u00ad", ""),
    "spaces within": ("  Lan \t\u00a0 Lan  ", "Lan Lan"),
}  # fmt: skip
TOO_LONG = {"a million letters": "ư" * 1_000_000, "a long word": "x" * 50_000}

# Bytes that are no text, as they come in an address or a body.
BYTES = {
    "cut short": b"\xc3", "overlong": b"\xc0\xaf", "surrogate": b"\xed\xa0\x80",
    "latin": "Nguyễn".encode()[:4] + b"\xff", "utf-16": "Lan".encode("utf-16"),
}  # fmt: skip

# In place of a number, a key or a code.
RUBBISH = (
    "", "-1", "0", "9" * 25, "9" * 5000, "²", "１", "1e3", "\x00", "\u202e'\"<b>", "../../etc/passwd",
    "T-a/b?c#d", "a" * 3000, "x@" + "9" * 30, "T-261122-ZZZZZZZZ", "00000000-0000-0000-0000-000000000000",
)  # fmt: skip
# In place of where a list goes on: no base64, a week of a year, no zone, beyond all days, a huge row.
CURSORS = (
    "rac", "đ", "MjAyNC1XMDEtMXwx", "MjAyNnwxMg==", "MDAwMS0wMS0wMVQwMDowMDowMHwx",
    "aW5maW5pdHl8OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk=", "aW5maW5pdHl8MQ==", "MjQwMDAxMDF8MQ==",
    "OTk5OS0xMi0zMVQyMzo1OTo1OS0yMzo1OXwx",
)  # fmt: skip


def seen(text: str) -> str:
    """The letters of a text that a person can see, in NFC: no spaces, nothing invisible."""
    return "".join(
        ch
        for ch in unicodedata.normalize("NFC", text)
        if not ch.isspace() and unicodedata.category(ch) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
