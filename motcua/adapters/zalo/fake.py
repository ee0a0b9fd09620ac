"""A Zalo that reaches nobody: the same fake as for SMS, kept apart."""

from motcua.adapters.sms.fake import FakeSms
from motcua.core.errors import GiveUp
from motcua.notices.ports import ShortMessage


class FakeZalo(FakeSms):
    """Remembers every message; takes only what has a registered template, as Zalo does."""

    knows_repeats = False
    uses_templates = True

    def send(self, message: ShortMessage) -> str:
        """Remember the message; the proof names it."""
        if not message.template_id:
            raise GiveUp("Chưa có mẫu ZNS.")
        return super().send(message)
