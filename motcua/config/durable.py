"""What PostgreSQL must promise before it may keep dossiers: nothing acknowledged is forgotten."""

from collections.abc import Mapping

DURABLE = {
    "fsync": {"on"},
    "synchronous_commit": {"on", "remote_apply", "remote_write", "local"},
    "full_page_writes": {"on"},
}


def forgetful(settings: Mapping[str, str]) -> list[tuple[str, str]]:
    """The settings (name, value) with which a power cut could lose an acknowledged dossier."""
    return [
        (name, settings[name]) for name, allowed in DURABLE.items() if settings[name] not in allowed
    ]
