"""The web application, for granian, gunicorn or any other WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
house = get_wsgi_application()

from motcua.config import environment  # noqa: E402 - after the apps, which the line above loads
from motcua.config.proxy import behind  # noqa: E402 - the same
from motcua.config.warmth import warm_up  # noqa: E402 - the same

application = behind(environment.number("MOTCUA_PROXIES", 0), house)
warm_up()
