"""What every mailer must do: the fake of the tests, and SMTP against a real mail server."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import Any, Protocol

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

from motcua.adapters.email.adapter import SmtpMailer
from motcua.adapters.email.fake import FakeMailer, Letter
from motcua.core.errors import GiveUp, TryLater
from motcua.notices.ports import Mailer

TEXT = "Kính gửi ông/bà H' Hen Niê,\nHồ sơ đã được tiếp nhận.\n.\nHẹn trả: 16:00 ngày 23/11/2026."


class Office(Protocol):
    """A mailer under test, and the ways to trouble it."""

    @property
    def mailer(self) -> Mailer: ...
    @property
    def letters(self) -> list[Letter]: ...
    def close(self) -> None: ...
    def refuse(self, address: str) -> None: ...


class FakeOffice:
    """The fake."""

    def __init__(self) -> None:
        self.mailer = FakeMailer()

    @property
    def letters(self) -> list[Letter]:
        return self.mailer.letters

    def close(self) -> None:
        self.mailer.closed_for = 1

    def refuse(self, address: str) -> None:
        self.mailer.refused.add(address)


@dataclass
class Postman:
    """What the real mail server does with a letter."""

    answer: str = "250 OK"
    refused: set[str] = field(default_factory=set)
    letters: list[Letter] = field(default_factory=list)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        if address in self.refused:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if not self.answer.startswith("250"):
            return self.answer
        content = envelope.content
        assert isinstance(content, bytes)
        mail = message_from_bytes(content, policy=policy.default)
        body = mail.get_body()
        assert body is not None
        self.letters.append(
            Letter(
                mail["Message-ID"], envelope.rcpt_tos[0], mail["Subject"],
                body.get_content().replace("\r\n", "\n").rstrip("\n"),
            )
        )  # fmt: skip
        return self.answer


class SmtpOffice:
    """SMTP against a server in a thread of its own."""

    def __init__(self, postman: Postman) -> None:
        self.mailer = SmtpMailer()
        self.postman = postman

    @property
    def letters(self) -> list[Letter]:
        return self.postman.letters

    def close(self) -> None:
        self.postman.answer = "451 4.3.0 try again later"

    def refuse(self, address: str) -> None:
        self.postman.refused.add(address)


@pytest.fixture(params=["fake", "smtp"])
def office(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Office]:
    if request.param == "fake":
        yield FakeOffice()
        return
    with at_work(Postman(), settings) as opened:
        yield opened


@contextmanager
def at_work(postman: Postman, settings: Settings) -> Iterator[SmtpOffice]:
    """A mail server in a thread, on a port nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        settings.EMAIL_PORT = free.getsockname()[1]
    controller = Controller(postman, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    controller.start()
    try:
        yield SmtpOffice(postman)
    finally:
        controller.stop()


def send(office: Office, to: str = "lan@example.vn", subject: str = "Đã tiếp nhận hồ sơ") -> str:
    return office.mailer.send(message_id="<1@songha.example>", to=to, subject=subject, body=TEXT)


def test_a_letter_arrives_letter_by_letter_and_leaves_a_proof(office: Office) -> None:
    proof = send(office)

    assert office.letters == [
        Letter("<1@songha.example>", "lan@example.vn", "Đã tiếp nhận hồ sơ", TEXT)
    ]
    assert proof


def test_a_closed_office_is_tried_later(office: Office) -> None:
    office.close()

    with pytest.raises(TryLater):
        send(office)
    assert office.letters == []


def test_an_address_that_nobody_has_is_given_up(office: Office) -> None:
    office.refuse("khong-co@example.vn")

    with pytest.raises(GiveUp):
        send(office, "khong-co@example.vn")


def test_a_server_that_is_not_there_is_tried_later(settings: Settings) -> None:
    settings.EMAIL_PORT = 1

    with pytest.raises(TryLater):
        send(SmtpOffice(Postman()))


def test_a_letter_that_the_server_refuses_for_good_is_given_up(settings: Settings) -> None:
    refusing = Postman(answer="554 5.7.1 refused")

    with at_work(refusing, settings) as closed, pytest.raises(GiveUp):
        send(closed)
