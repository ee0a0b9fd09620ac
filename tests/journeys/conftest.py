"""The journeys use the browser and the house of the page tests, filled anew each time."""

import os

from tests.browser.conftest import chromium, house, people

__all__ = ["chromium", "house", "people"]

# Playwright's event loop lives in this thread; the ORM is still used by one thread at a time.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
