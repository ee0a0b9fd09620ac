"""The house, put together when it starts."""

from django.apps import AppConfig


class HouseConfig(AppConfig):
    """Installs reactions, who refers to files, what must agree with the journal, the settings' checks."""

    name = "motcua.config"
    label = "house"

    def ready(self) -> None:
        """Called by Django once all models are loaded."""
        from motcua.audit.log_checks import check_with
        from motcua.config import checks  # noqa: F401 - registers itself
        from motcua.core import queue
        from motcua.core.events import react_with
        from motcua.dossiers.queries_files import digests_in_use
        from motcua.dossiers.replay import standing_otherwise
        from motcua.files.ports import refer_with
        from motcua.people import acting
        from motcua.reactions import REACTIONS

        react_with(REACTIONS, queue.enqueue)
        refer_with([digests_in_use, acting.digests_in_use])
        check_with([standing_otherwise])
