"""Background work of notices."""

from motcua.notices.actions.delivering import deliver


def deliver_email(message_id: int) -> None:
    """Send one letter; twice is once. `TryLater` passes through, for the queue to try again."""
    deliver(message_id=message_id)
