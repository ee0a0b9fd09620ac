"""Facts about the law that the house keeps."""

from dataclasses import dataclass

from motcua.core.events import Event


@dataclass(frozen=True)
class ProfileDrafted(Event):
    """A version of a legal profile waits for a second person."""

    key: str
