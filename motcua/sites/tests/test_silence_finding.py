"""The health page says how many open dossiers nobody has, or no clock runs for: none."""

import pytest

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_silence_clocks import HOUR, MONDAY, looked, since_monday
from motcua.dossiers.workflow import Status
from motcua.sites.backoffice import findings
from motcua.testing.cast import Cast

pytestmark = pytest.mark.django_db


def test_quan_reads_on_the_health_page_that_no_open_dossier_is_left_alone(cast: Cast) -> None:
    dossier = since_monday(cast, Status.EXAMINING)
    well = findings.silence()
    assert well.well
    assert well.text == "Hồ sơ đang mở không có người giữ hoặc không có hạn: 0."
    Dossier.objects.filter(pk=dossier.pk).update(assignee=None)

    ill = findings.silence()
    assert (ill.well, ill.page) == (False, "/quan-tri/canh-bao/")
    assert ill.text.endswith("không có hạn: 1.")
    looked(MONDAY + HOUR)
    quan = desk_of(cast.quan)
    assert "không có hạn: 1." in quan.get("/quan-tri/").content.decode()
    page = quan.get("/quan-tri/canh-bao/").content.decode()
    assert "Không có ai giữ" in page
    assert f"/can-bo/ho-so/{dossier.reference}/" not in page  # keepers see no dossier
