"""The house, put together when it starts."""

from django.apps import AppConfig


class HouseConfig(AppConfig):
    """Installs the table of reactions, who refers to files, and the checks of the settings."""

    name = "motcua.config"
    label = "house"

    def ready(self) -> None:
        """Called by Django once all models are loaded."""
        from motcua.config import checks  # noqa: F401 - registers itself
        from motcua.core import queue
        from motcua.core.events import react_with
        from motcua.dossiers.queries_files import digests_in_use
        from motcua.files.ports import refer_with
        from motcua.reactions import REACTIONS

        react_with(REACTIONS, queue.enqueue)
        refer_with([digests_in_use])
