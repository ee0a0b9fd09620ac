"""People and partners who file over HTTP, and who ask again until they get an answer."""

import http.client
import json
import random
import re
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from motcua.procedures.forms.types import FormDefinition
from motcua.testing.answers import as_post
from tests.crash.ledger import Asked, Ledger

PATIENCE = 60.0  # seconds for one answer, however often it is asked for
RECEIPT = re.compile(r"/ho-so/(T-[0-9A-Z-]+)/da-nop/$")
DRAFT = re.compile(r"/ho-so/(T-[0-9A-Z-]+)/khai/$")
FORM_KEY = re.compile(r'name="form_key" value="([^"]+)"')

Paper = tuple[str, str, bytes]  # slot, file name, content


class WrongAnswer(AssertionError):
    """The house answered, but not what it should have."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def location(self) -> str:
        """Where a redirect leads."""
        return str(self.headers.get("Location", ""))

    @property
    def text(self) -> str:
        """The page."""
        return self.body.decode("utf-8", "replace")


@dataclass
class Caller:
    """One who speaks HTTP: a connection per request, cookies, and patience."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    retries: int = 0

    def once(
        self, method: str, path: str, body: bytes = b"", kind: str = "", **more: str
    ) -> Answer:
        """One request over a connection of its own; an error of the connection is raised."""
        headers = {**self.headers, **more, "Connection": "close"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if method == "POST":
            headers |= {"X-CSRFToken": self.cookies.get("csrftoken", ""), "Content-Type": kind}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request(method, path, body or None, headers)
            got = line.getresponse()
            answer = Answer(got.status, got.headers, got.read())
        finally:
            line.close()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(cookie).items():
                self.cookies[name] = morsel.value
        return answer

    def insist(
        self, wanted: int, method: str, path: str, body: bytes = b"", kind: str = "", **more: str
    ) -> Answer:
        """The same request again and again until it is answered; only `wanted` is a good answer."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                answer = self.once(method, path, body, kind, **more)
            except (OSError, http.client.HTTPException) as trouble:
                if time.monotonic() > until:
                    raise WrongAnswer(f"{method} {path}: no answer, {trouble!r}") from trouble
                self.retries += 1
                time.sleep(random.uniform(0.02, 0.2))
                continue
            if answer.status != wanted:
                raise WrongAnswer(f"{method} {path}: {answer.status}\n{answer.text[:3000]}")
            return answer

    def form(self, wanted: int, path: str, fields: Mapping[str, str]) -> Answer:
        """Send a form without files."""
        kind = "application/x-www-form-urlencoded"
        return self.insist(wanted, "POST", path, urlencode(fields).encode(), kind)


def multipart(fields: Mapping[str, str], files: Sequence[tuple[str, str, bytes]]) -> Any:
    """Fields and files (field, file name, content) as a browser sends them: body and type."""
    border = secrets.token_hex(16)
    body = b""
    for name, value in fields.items():
        head = f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
        body += f"{head}{value}\r\n".encode()
    for name, file_name, content in files:
        head = (
            f'--{border}\r\nContent-Disposition: form-data; name="{name}"; '
            f'filename="{file_name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
        )
        body += head.encode() + content + b"\r\n"
    return body + f"--{border}--\r\n".encode(), f"multipart/form-data; boundary={border}"


@dataclass
class Citizen:
    """Somebody with an account, at a browser."""

    port: int
    username: str
    password: str
    caller: Caller = field(init=False)

    def __post_init__(self) -> None:
        self.caller = Caller(self.port)

    @classmethod
    def signed_in(cls, port: int, username: str, password: str) -> "Citizen":
        """Somebody at a browser in which they have signed in."""
        citizen = cls(port, username, password)
        citizen.sign_in()
        return citizen

    def beside(self) -> "Citizen":
        """The same person in a second window of the same browser."""
        window = Citizen(self.port, self.username, self.password)
        window.caller.cookies = dict(self.caller.cookies)
        return window

    def sign_in(self) -> None:
        """Through the page, as people do."""
        self.caller.insist(200, "GET", "/tai-khoan/dang-nhap/")
        words = {"login": self.username, "password": self.password}
        self.caller.form(302, "/tai-khoan/dang-nhap/", words)

    def file(
        self, wish: Asked, form: FormDefinition, agency: str, papers: Sequence[Paper], book: Ledger
    ) -> str:
        """From the start page to the receipt; in the ledger as soon as the house has said so."""
        book.ask(wish)
        start = f"/thu-tuc/{wish.procedure}/nop/"
        found = FORM_KEY.search(self.caller.insist(200, "GET", start).text)
        if found is None:
            raise WrongAnswer(f"{start}: no form key on the page")
        begun = self.caller.form(302, start, {"agency": agency, "form_key": found[1]})
        reference = _named(DRAFT, begun)
        here = f"/ho-so/{reference}"
        for page in form.pages:
            typed = as_post(form, page.key, wish.answers)
            self.caller.form(302, f"{here}/khai/{page.key}/", typed)
        for slot, name, content in papers:
            body, kind = multipart({}, [("files", name, content)])
            self.caller.insist(302, "POST", f"{here}/giay-to/{slot}/", body, kind)
        self.submit(wish.mark, reference, book)
        self.receipt(reference)
        return reference

    def submit(self, mark: str, reference: str, book: Ledger) -> None:
        """Press the button, and note what the house promised."""
        answer = self.caller.form(302, f"/ho-so/{reference}/nop/", {"declaration": "yes"})
        book.acknowledge(mark, _named(RECEIPT, answer))

    def receipt(self, reference: str) -> str:
        """The page that the button leads to."""
        shown = self.caller.insist(200, "GET", f"/ho-so/{reference}/da-nop/").text
        if reference not in shown:
            raise WrongAnswer(f"The receipt of {reference} does not name it.")
        return shown

    def paper(self, reference: str, document: int) -> bytes:
        """A paper of their own, downloaded."""
        return self.caller.insist(200, "GET", f"/ho-so/{reference}/tep/{document}/").body


@dataclass
class PartnerSystem:
    """Another system, with a token and a key of its own for each dossier."""

    port: int
    token: str
    caller: Caller = field(init=False)

    def __post_init__(self) -> None:
        self.caller = Caller(self.port, headers={"Authorization": f"Bearer {self.token}"})

    def file(
        self, wish: Asked, form: FormDefinition, agency: str, papers: Sequence[Paper], book: Ledger
    ) -> str:
        """The whole dossier in one message, under one key, until there is a receipt."""
        book.ask(wish)
        told = {
            "procedure_code": wish.procedure,
            "agency_code": agency,
            "applicant": {"name": "Nguyễn Thị Lan", "national_id": "079190000001"},
            "answers": wish.answers,
            "papers": [{"slot": slot, "name": name} for slot, name, _ in papers],
        }
        body, kind = multipart(
            {"dossier": json.dumps(told, ensure_ascii=False)},
            [("files", name, content) for _, name, content in papers],
        )
        key = {"Idempotency-Key": wish.mark}
        answer = self.caller.insist(201, "POST", "/api/v1/dossiers", body, kind, **key)
        reference = str(json.loads(answer.body)["reference"])
        book.acknowledge(wish.mark, reference)
        return reference


def _named(pattern: re.Pattern[str], answer: Answer) -> str:
    found = pattern.search(answer.location)
    if found is None:
        raise WrongAnswer(f"Sent on to {answer.location!r} instead.")
    return found[1]
