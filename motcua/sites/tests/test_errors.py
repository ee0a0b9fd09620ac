"""How the house says no, on a page and in the API."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from motcua.core.errors import NotFound, Reason, Refused
from motcua.sites.errors import RefuseHugeBodies, SayNoPolitely

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
MISSING = Reason("document_missing", "Thiếu giấy tờ: Giấy chứng sinh.", field="gcs")


def test_a_refusal_is_a_page_with_its_reasons() -> None:
    request = RequestFactory().get("/ho-so/")

    answer = SayNoPolitely(lambda _: HttpResponse()).process_exception(request, Refused([MISSING]))

    assert answer is not None
    assert answer.status_code == 422
    assert "Giấy chứng sinh" in answer.content.decode()


def test_a_refusal_of_the_api_carries_its_code() -> None:
    request = RequestFactory().get("/api/v1/dossiers")

    answer = SayNoPolitely(lambda _: HttpResponse()).process_exception(request, Refused([MISSING]))

    assert answer is not None
    assert json.loads(answer.content)["reasons"][0]["code"] == "document_missing"


def test_what_is_not_theirs_looks_like_what_is_not_there(client: Client) -> None:
    absent = client.get("/khong-co/").content.decode()

    closed = SayNoPolitely(lambda _: HttpResponse()).process_exception(
        RequestFactory().get("/khong-co/"), NotFound()
    )

    assert closed is not None
    assert closed.status_code == 404
    assert TOKEN.sub("", closed.content.decode()) == TOKEN.sub("", absent)


def test_a_body_beyond_measure_is_refused_unread() -> None:
    request = RequestFactory().post("/ho-so/")
    request.META["CONTENT_LENGTH"] = str(10**12)

    assert RefuseHugeBodies(lambda _: HttpResponse())(request).status_code == 413


def test_a_form_without_its_token_is_told_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post("/tai-khoan/dang-nhap/", {"login": "lan"})

    assert answer.status_code == 403
    assert "tải lại trang" in answer.content.decode()


def test_too_many_fields_are_a_sentence_not_a_fault(client: Client) -> None:
    answer = client.post("/tai-khoan/dang-nhap/", {f"f{i}": "x" for i in range(3_100)})

    assert answer.status_code == 400
    assert "ông/bà" in answer.content.decode()


def test_every_page_forbids_what_is_not_ours(client: Client) -> None:
    policy = client.get("/healthz")["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_a_report_of_a_breach_is_kept(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "CSP_REPORTS", tmp_path / "csp.jsonl")

    answer = client.post("/csp/", b'{"csp-report": {}}', content_type="application/csp-report")

    assert answer.status_code == 204
    assert (tmp_path / "csp.jsonl").read_text().count("\n") == 1


def test_a_browser_in_english_still_reads_vietnamese(client: Client) -> None:
    answer = client.get("/tai-khoan/dang-nhap/", headers={"Accept-Language": "en-US"})

    assert 'lang="vi"' in answer.content.decode()
