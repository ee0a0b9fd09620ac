"""The older identifier of an agency: of its form, and of one agency only (ORG-05)."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import CommandError
from django.db import connection

from motcua.agencies.actions import keeping
from motcua.agencies.models import Agency
from motcua.agencies.tests.test_keeping import said
from motcua.audit.queries import deeds_on

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("old", ["H99.31", "000.00.06", "000.00.6.H56", "000.00.06.Z56", "cũ"])
def test_an_old_code_that_no_dossier_could_bear_is_refused(old: str) -> None:
    with pytest.raises(CommandError, match=r"chưa đúng dạng, ví dụ 000\.00\.06\.H56"):
        said("add_agency", "H99.33", "X", "--kind", "commune", "--old-code", old)


def test_of_two_agencies_that_are_given_an_old_code_at_once_one_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old = ("--kind", "commune", "--old-code", "000.10.08.H15")
    said("add_agency", "H99.33", "UBND phường Bình An", *old)
    monkeypatch.setattr(
        keeping, "_old_code_faults", lambda new: ()
    )  # looked before the other wrote

    with pytest.raises(CommandError, match="là của một cơ quan khác"):
        said("add_agency", "H99.34", "UBND phường An Hòa", *old)


def test_an_upgrade_leaves_a_shared_old_code_with_the_first_and_names_the_others(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX agency_old_code")
    for code, old in (("H99.1", "000.10.08.H15"), ("H99.2", " 000.10.08.H15"), ("H99.3", "")):
        Agency.objects.create(code=code, name=f"Xã {code}", kind="commune", old_code=old)

    import_module("motcua.agencies.migrations.0002_old_codes").part(apps, None)

    kept = dict(Agency.objects.values_list("code", "old_code"))
    assert kept == {"H99.1": "000.10.08.H15", "H99.2": "", "H99.3": ""}
    told = capsys.readouterr().err
    assert "Mã cũ 000.10.08.H15 là của Xã H99.1: đã bỏ khỏi Xã H99.2 (H99.2)." in told
    first, second = Agency.objects.filter(code__in=["H99.1", "H99.2"]).order_by("code")
    assert deeds_on(f"agency:{first.pk}") == []
    assert deeds_on(f"agency:{second.pk}") == ["agency.old_code_dropped"]
