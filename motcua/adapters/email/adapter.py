"""E-mail over SMTP, behind the port of `notices`."""

import smtplib

from django.core.mail import EmailMessage, get_connection
from django.core.mail.message import make_msgid

from motcua.core.errors import TryLater


class SmtpMailer:
    """Hands one letter to the mail server and returns what proves it."""

    def send(self, *, to: str, subject: str, body: str) -> str:
        """The Message-ID of the letter accepted by the server; `TryLater` when it was not."""
        proof = make_msgid(domain="motcua")
        letter = EmailMessage(subject, body, to=[to], headers={"Message-ID": proof})
        letter.connection = get_connection("django.core.mail.backends.smtp.EmailBackend")
        try:
            letter.send()
        except (smtplib.SMTPException, OSError) as error:
            raise TryLater(f"SMTP: {type(error).__name__}") from error
        return proof
