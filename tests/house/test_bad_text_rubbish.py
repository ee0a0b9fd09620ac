"""Rubbish in place of numbers, keys, codes, cursors, and requests that no browser sends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db import transaction

from motcua.dossiers.models import Document
from motcua.testing.dossiers import BIRTH
from tests.house.bad_texts import BYTES, CURSORS, RUBBISH
from tests.house.door_table import DOORS
from tests.house.doors import Stage, changed_since, every_door, photograph, stage_set

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
GOES_ON = ("sau", "tiep", "truoc", "after", "limit", "tu")
SAYS_NO = {400, 401, 404, 405, 409, 413, 422, 429}
STRINGS = [name for name, (route, keys) in every_door().items() if keys]


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    with django_db_blocker.unblock(), stage_set() as stage:
        yield stage


def ask(stage: Stage, who: str, method: str, address: str, *body: Any, **more: Any) -> Any:
    """The answer, which is never a fault of ours; what it did is undone."""
    return ask_and_look(stage, None, who, method, address, *body, **more)[0]


def ask_and_look(
    stage: Stage, before: Mapping[str, str] | None, who: str, method: str, address: str,
    *body: Any, **more: Any,
) -> tuple[Any, set[str]]:  # fmt: skip
    """The answer, and the tables that it left otherwise than they were, before it is undone."""
    cache.clear()
    client = stage.clients[who]
    signed_in = SimpleCookie(client.cookies)
    with transaction.atomic():
        answer = getattr(client, method)(address, *body, **more)
        traces = set(changed_since(before)) if before else set[str]()
        transaction.set_rollback(True)
    client.cookies = signed_in
    assert answer.status_code < 500, f"{who}: {method} {address[:200]}"
    assert answer.status_code < 400 or answer.status_code in SAYS_NO, answer.status_code
    return answer, traces


# In an address


@pytest.mark.parametrize("name", STRINGS)
def test_rubbish_in_an_address_is_a_page_not_found_or_a_refusal(stage: Stage, name: str) -> None:
    route, keys = every_door()[name]
    places = {**stage.place(DOORS[name].at), "seal": ""}
    rubbish = [word for word in RUBBISH if word.strip() and "/" not in word]

    for key in keys:
        for number, word in enumerate(rubbish if len(keys) == 1 else rubbish[::2]):
            filled = {**places, key: word}
            address = "/" + route
            for part, value in filled.items():
                spot = rf"<(?:\w+:)?{part}>"
                address = re.sub(spot, quote(str(value), safe="").replace("\\", "\\\\"), address)
            who = ("lan", "hung")[number % 2]
            ask(stage, who, "get", address)
            if number % 4 == 0:
                ask(stage, who, "post", address)


@pytest.mark.parametrize("path", ["/ho-so/%00/", "/can-bo/ho-so/T%00/", "/%00", "/thu-tuc/a%00b/"])
def test_what_no_database_can_look_for_is_simply_not_there(stage: Stage, path: str) -> None:
    for who in ("nobody", "lan", "hung"):
        assert ask(stage, who, "get", path).status_code in (404, 302)


# After the question mark


def questions(stage: Stage) -> dict[str, tuple[str, ...]]:
    sent, draft = stage.dossiers["sent"].reference, stage.dossiers["draft"].reference
    return {
        "nobody /tim/": ("q", "tu", "su-kien", "linh-vuc", "co-quan", "cap", "doi-tuong"),
        "nobody /tra-cuu/": ("ma",),
        "nobody /don-vi/": ("tinh",),
        "nobody /tai-khoan/dang-nhap/": ("next",),
        "lan /ho-so/": ("sau",),
        "lan /thong-bao/": ("truoc",),
        f"lan /ho-so/{draft}/giay-to/p01/": ("ve",),
        "hung /can-bo/": ("q",),
        "hung /can-bo/tim/": ("q", "tiep"),
        "hung /can-bo/danh-sach/cho-tiep-nhan/": ("q", "tiep", "thu_tuc", "kenh"),
        "hung /can-bo/nop-tai-quay/": ("q",),
        f"hung /can-bo/ho-so/{sent}/": ("giay", "trang"),
        "nobody /api/v1/procedures": ("q", "after", "limit"),
    }


@pytest.mark.parametrize("number", range(13))
def test_rubbish_after_the_question_mark_is_answered(stage: Stage, number: int) -> None:
    where, names = list(questions(stage).items())[number]
    who, address = where.split(" ")

    for name in names:
        for word in CURSORS if name in GOES_ON else [w for w in RUBBISH if len(w) < 4000]:
            ask(stage, who, "get", f"{address}?{name}={quote(word, safe='')}")
        for raw in list(BYTES.values())[::3]:
            ask(stage, who, "get", f"{address}?{name}=" + "".join(f"%{byte:02X}" for byte in raw))


# In a form


def forms(stage: Stage) -> dict[str, dict[str, Any]]:
    draft, sent = stage.dossiers["draft"].reference, stage.dossiers["sent"]
    step = f"/can-bo/ho-so/{sent.reference}/buoc"
    owner = {"full_name": "Lan", "national_id": "079190000001"}
    return {
        f"lan /thu-tuc/{BIRTH}/nop/": {"agency": "", "form_key": ""},
        f"lan /ho-so/{draft}/truong-hop/": {"case": ""},
        f"lan /ho-so/{draft}/nhan-ket-qua/": {"delivery": ""},
        f"lan /ho-so/{draft}/nop/": {"declaration": ""},
        f"lan /ho-so/{draft}/khai/nks/": {"nksNgaySinh-day": "1", "nksNgaySinh-month": "2",
                                          "nksNgaySinh-year": "2020", "communes": "", "add": ""},
        f"lan /ho-so/{draft}/khai/nyc/nhap/": {"nycNoiCuTru-province_code": "", "remove-1": ""},
        f"hung {step}/accept/": {"revision": "", "check-p01": "", "all-right": ""},
        f"hung {step}/ask_supplement/": {"revision": sent.revision, "check-p01": "no", "why-p01": ""},
        "hung /can-bo/vi-tri/": {"post": ""},
        "hung /can-bo/hang-loat/": {"do": "accept", "chon": "", "back": "", "dat": "", "confirm": "1"},
        "hoa /can-bo/hang-loat/": {"do": "assign", "chon": "x@1", "chosen": "", "confirm": "1"},
        f"hung /can-bo/nop-tai-quay/{BIRTH}/": {
            **owner, "key": "", "kept": "", "drop": "", "case": "", "send": "1"},
        "nobody /tai-khoan/dang-nhap/": {"login": "", "password": "", "next": ""},
        "nobody /ngon-ngu/": {"language": "", "next": ""},
        "lan /tai-khoan/doi-mat-khau/": {"oldpassword": "", "password1": "", "password2": ""},
    }  # fmt: skip


ANY_WORD = {"declaration", "why-p01"}  # a tick is a tick whatever it says; any text is a reason
# A page of a draft keeps what was typed, right or wrong. A step that is refused shows the dossier
# once more, and who reads one stands in the journal.
READING = {"audit_entry", "audit_head", "dossiers_reading", "dossiers_readingtally"}
MAY = {"/khai/": {"dossiers_dossier"}, "/buoc/": READING}


@pytest.mark.parametrize("number", range(15))
def test_rubbish_in_a_form_is_refused_and_moves_nothing(stage: Stage, number: int) -> None:
    where, typed = list(forms(stage).items())[number]
    who, address = where.split(" ")
    before, may = photograph(), next((MAY[part] for part in MAY if part in address), set[str]())

    for name in typed:
        for word in RUBBISH if len(typed) < 3 else RUBBISH[::3]:
            rubbish = {**typed, name: word}
            traces = ask_and_look(stage, before, who, "post", address, rubbish)[1]
            assert name in ANY_WORD or traces <= may, (name, word[:40])
        body = f"{name}=".encode() + "".join(f"%{byte:02X}" for byte in BYTES["utf-16"]).encode()
        traces = ask_and_look(stage, before, who, "post", address, body, content_type=FORM)[1]
        assert name in ANY_WORD or traces <= may, name


# What no browser sends


def papers(stage: Stage) -> str:
    return f"/ho-so/{stage.dossiers['draft'].reference}/giay-to/p01/"


HALF = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n%PDF-1.4'
BROKEN = {
    "no boundary": (b"hello", "multipart/form-data"),
    "empty boundary": (b"hello", "multipart/form-data; boundary="),
    "wrong boundary": (HALF, "multipart/form-data; boundary=y"),
    "boundary too long": (HALF, "multipart/form-data; boundary=" + "y" * 500),
    "never ends": (HALF, "multipart/form-data; boundary=x"),
    "bad base64": (
        HALF.replace(b"\r\n\r\n", b"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!") + b"\r\n--x--",
        "multipart/form-data; boundary=x",
    ),
    "header of a megabyte": (b"--x\r\n" + b"a" * 1_000_000, "multipart/form-data; boundary=x"),
    "another charset": (b"a=%FF", f"{FORM}; charset=utf-7"),
    "a charset that is none": (b"a=b", f"{FORM}; charset=khong-co"),
    "json to a page": (b'{"a": [', "application/json"),
    "no type": (b"a=b", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_request_is_a_sentence_and_leaves_no_paper(stage: Stage, name: str) -> None:
    body, kind = BROKEN[name]
    before = photograph()

    for who, address in (("lan", papers(stage)), ("nobody", "/tai-khoan/dang-nhap/")):
        answer, traces = ask_and_look(stage, before, who, "generic", "POST", address, body, kind)
        assert traces == set()
        if answer.status_code >= 400:
            is_json = answer["Content-Type"] == "application/json"
            assert is_json or re.search("ông/bà|anh/chị", answer.content.decode())


@pytest.mark.parametrize("length", ["abc", "-1", "", "1e9", "9" * 40, "12 ", "٣"])
def test_a_wrong_content_length_is_answered(stage: Stage, length: str) -> None:
    body, address = b"login=lan&password=x", "/tai-khoan/dang-nhap/"

    answer = ask(stage, "nobody", "generic", "POST", address, body, FORM, CONTENT_LENGTH=length)

    assert answer.status_code in (200, 400, 413)


@pytest.mark.parametrize(
    "body",
    [
        "&".join(f"f{n}=x" for n in range(3_500)).encode(),
        b"a=" + b"x" * 6_000_000,
        b"&" * 100_000,
    ],
    ids=["fields", "megabytes", "ampersands"],
)
def test_too_much_is_said_to_be_too_much(stage: Stage, body: bytes) -> None:
    for who, address in (("lan", papers(stage)), ("hung", f"/can-bo/nop-tai-quay/{BIRTH}/")):
        answer = ask(stage, who, "generic", "POST", address, body, FORM)
        assert answer.status_code in (400, 422)
        if answer.status_code == 400:
            assert "quá lớn" in answer.content.decode()


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "giay\u202efdp.exe", "a" * 400 + ".pdf", "con.pdf", ".", "\x00.pdf", "<b>.pdf",
     "giấy tờ.pdf", '"; rm -rf.pdf', "%s%n.pdf", "=cmd().pdf"],
)  # fmt: skip
def test_a_file_of_any_name_is_kept_under_a_name_that_harms_nobody(stage: Stage, name: str) -> None:
    from tests.house.doors import fresh

    upload = fresh("FILE")
    upload._name = name
    answer = stage.clients["lan"].post(papers(stage), {"files": upload})

    if answer.status_code == 422:  # without a name it is no file
        assert "Chưa có tệp nào" in answer.content.decode()
        return
    kept = Document.objects.order_by("-id")[0]
    assert not re.search(r'[/\\<>:"|?*\x00-\x1f\u202e]', kept.file_name)
    assert kept.file_name.strip(" .")
    taken = stage.clients["lan"].get(f"/ho-so/{stage.dossiers['draft'].reference}/tep/{kept.pk}/")
    assert taken["Content-Disposition"].startswith("attachment")
    assert "\n" not in taken["Content-Disposition"]


@pytest.mark.parametrize("body", [b"[" * 9_000, b'"\\ud800"', b"{", b"", b"\xff", b"1e999"])
def test_a_browser_may_report_anything(
    stage: Stage, body: bytes, tmp_path: Any, settings: Any
) -> None:
    settings.CSP_REPORTS = tmp_path / "csp.jsonl"

    ask(stage, "nobody", "generic", "POST", "/csp/", body, "application/csp-report")
