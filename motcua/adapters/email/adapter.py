"""E-mail over SMTP, behind the port of `notices`."""

import smtplib

from django.core.mail import EmailMessage, get_connection

from motcua.core.errors import GiveUp, TryLater
from motcua.notices.ports import Unreachable


def letter_of(*, message_id: str, to: str, subject: str, body: str) -> EmailMessage:
    """One letter; `GiveUp` for words that would write headers of their own (S-13)."""
    letter = EmailMessage(subject, body, to=[to], headers={"Message-ID": message_id})
    try:
        letter.message()
    except ValueError as error:  # a line end in a header, an address that is none
        raise GiveUp("Thư có dòng tiêu đề không hợp lệ.") from error
    return letter


class SmtpMailer:
    """Hands one letter to the mail server and returns what proves it."""

    def send(self, *, message_id: str, to: str, subject: str, body: str) -> str:
        """The Message-ID of the letter that the server accepted."""
        letter = letter_of(message_id=message_id, to=to, subject=subject, body=body)
        letter.connection = get_connection("django.core.mail.backends.smtp.EmailBackend")
        try:
            letter.send()
        except smtplib.SMTPRecipientsRefused as error:
            code = max(code for code, _ in error.recipients.values())
            raise (Unreachable if code >= 500 else TryLater)(f"SMTP {code}: {to}") from error
        except smtplib.SMTPDataError as error:  # this letter; a wrong password is not its fault
            gone = error.smtp_code >= 500
            raise (GiveUp if gone else TryLater)(f"SMTP {error.smtp_code}") from error
        except (smtplib.SMTPException, OSError) as error:
            raise TryLater(f"SMTP: {type(error).__name__}") from error
        return message_id
