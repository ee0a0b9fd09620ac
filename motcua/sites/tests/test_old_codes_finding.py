"""While the law has codes begin with the older identifier, the doctor counts who has none."""

import pytest

from motcua.dossiers.tests.test_law_switches import has_an_old_code, the_law_says
from motcua.sites.backoffice import findings
from motcua.testing.cast import Cast

pytestmark = pytest.mark.django_db


def test_the_doctor_counts_who_has_no_old_code_while_the_law_asks_for_it(cast: Cast) -> None:
    cast.ward.units.model.objects.exclude(agency=cast.ward).update(is_desk=False)
    assert findings.old_codes().well
    the_law_says(code_format="OLD")

    lacking = findings.old_codes()
    has_an_old_code(cast)

    assert not lacking.well
    assert "1 cơ quan có bộ phận Một cửa chưa có mã cũ" in lacking.text
    assert cast.ward.name in lacking.text
    assert findings.old_codes().well
