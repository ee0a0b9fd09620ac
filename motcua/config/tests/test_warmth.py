"""A web process knows the catalogue before the first question."""

import pytest

from motcua.config.warmth import warm_up
from motcua.procedures.queries import search


@pytest.mark.django_db
def test_the_finder_has_its_index_before_anybody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_current", [])

    warm_up(after=0).join(timeout=30)

    [(_, index)] = search._current
    assert index.entries
