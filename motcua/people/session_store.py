"""Where sessions are kept: Django's table of sessions, with whose they are and when last seen.

The same query that reads a session tells when it began and was last seen; ending the sessions of an
account is one DELETE, and the next request of each finds nobody.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as TableStore

from motcua.core import clock

FROM = "from"  # in the session: the address and the device that signed in


class SessionStore(TableStore):
    """A session that knows its account."""

    began_at: datetime | None = None
    seen_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> Any:
        """Our table."""
        from motcua.people.models import Session

        return Session

    def _get_session_from_db(self) -> Any:
        row = super()._get_session_from_db()  # type: ignore[misc]  # not in the stubs
        if row is not None:
            self.began_at, self.seen_at = row.began_at, row.seen_at
        return row

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row to write; what it knows besides comes from what the session holds."""
        row: Any = super().create_model_instance(data)
        now = clock.now()
        address, device = data.get(FROM) or ("", "")
        row.account_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.began_at, row.seen_at = self.began_at or now, self.seen_at or now
        row.address, row.device = address[:64], device[:200]
        return row

    def begin(self, address: str, device: str) -> None:
        """Somebody signed in just now."""
        self.began_at = self.seen_at = clock.now()
        self[FROM] = (address, device)

    def touch(self, at: datetime) -> None:
        """Somebody is here; what the session holds is left alone."""
        self.seen_at = at
        self.get_model_class().objects.filter(session_key=self.session_key).update(seen_at=at)
