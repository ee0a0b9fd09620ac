"""What is checked before the house opens: sentences for the one who runs it.

Each names the setting, what it is, and what it should be. `bin/manage check --database default`
and every `migrate` run them; bin/run asks at every start that the database is durable.
"""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from motcua.config.durable import DURABLE, forgetful


@register(Tags.database)
def database_is_durable(
    *, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An acknowledged dossier must survive a power cut: no server that forgets is accepted."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute(
                "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [[*DURABLE]]
            )
            settings_now = dict(cursor.fetchall())
        for name, value in forgetful(settings_now):
            found.append(
                Error(
                    f"PostgreSQL runs with {name} = {value}: dossiers could be lost.",
                    hint=f"Set {name} = on in postgresql.conf and reload.",
                    id=f"motcua.E00{[*DURABLE].index(name) + 1}",
                )
            )
    return found


@register(Tags.database)
def database_knows_vietnamese(
    *, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """`lower('ĐẶNG')` must be đặng, or search and order are wrong everywhere."""
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute(
                "SELECT lower('ĐẶNG'), current_setting('server_version_num')::int / 10000"
            )
            lowered, version = cursor.fetchone()
        if lowered != "đặng":
            return [
                Error(
                    f"lower('ĐẶNG') is {lowered}: the database was made without C.UTF-8.",
                    hint="Create it with LOCALE 'C.UTF-8' and ENCODING 'UTF8'.",
                    id="motcua.E004",
                )
            ]
        if version < 15:
            return [Error(f"PostgreSQL {version} is too old; use 15 to 18.", id="motcua.E005")]
    return []


@register(Tags.security)
def every_port_has_an_adapter(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """`settings.ADAPTERS` must name something that can be loaded."""
    from django.utils.module_loading import import_string

    found: list[CheckMessage] = []
    for port, path in settings.ADAPTERS.items():
        try:
            import_string(path)
        except ImportError as error:
            found.append(Error(f"ADAPTERS[{port!r}] = {path}: {error}", id="motcua.E006"))
    return found
