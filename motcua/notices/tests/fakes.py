"""A post office that remembers, and can be told to fail."""

from motcua.core.errors import GiveUp, TryLater


class PostOffice:
    """Stands behind the mailer's port."""

    letters: list[dict[str, str]] = []
    closed_for = 0
    refuses = False

    def send(self, *, message_id: str, to: str, subject: str, body: str) -> str:
        if PostOffice.closed_for:
            PostOffice.closed_for -= 1
            raise TryLater("Máy chủ thư bận.")
        if PostOffice.refuses:
            raise GiveUp("Không có hộp thư này.")
        self.letters.append({"message_id": message_id, "to": to, "subject": subject, "body": body})
        return "250 OK"
