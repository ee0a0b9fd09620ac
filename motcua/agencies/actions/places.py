"""Seeding the places of the country; only seeding reads the package (importing it brings numpy)."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from django.db import transaction

from motcua.agencies.models import Place
from motcua.core.text import clean, fold, sort_key

SINCE = date(2025, 7, 1)  # two levels of government: province and commune (LAW-14)


def _rows() -> Iterator[tuple[str, str, str, str, str]]:
    """(code, short name, full name, kind, province) of every unit of the package."""
    spec = find_spec("vietnamadminunits")
    if spec is None or spec.origin is None:
        raise RuntimeError("Thiếu gói vietnamadminunits. Mời chạy lại bin/run để cài.")
    source = Path(spec.origin).parent / "data" / "dataset.db"
    with sqlite3.connect(f"file:{source}?mode=ro&immutable=1", uri=True) as data:
        yield from data.execute(
            "SELECT DISTINCT provinceCode, provinceShort, province, 'province', '' FROM admin_units"
        )
        yield from data.execute(
            "SELECT wardCode, wardShort, ward, 'commune', provinceCode FROM admin_units"
        )


@transaction.atomic
def seed_places() -> int:
    """Store every province and commune in force since 1 July 2025; return how many there are."""
    places = [
        Place(
            code=code,
            name=clean(name),
            full_name=clean(full),
            kind=kind,
            parent_code=province,
            folded=fold(full),
            order_key=sort_key(name),
            valid_from=SINCE,
        )
        for code, name, full, kind, province in _rows()
    ]
    Place.objects.bulk_create(places, ignore_conflicts=True, batch_size=1000)
    return Place.objects.count()
