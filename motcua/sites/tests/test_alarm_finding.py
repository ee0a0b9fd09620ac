"""The health page says how many dossiers are under alarm, and whether somebody was told of each."""

import pytest

from motcua.agencies.models import Post
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_watching import watch_at
from motcua.dossiers.workflow import Status
from motcua.sites.backoffice import findings
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

pytestmark = pytest.mark.django_db


def test_quan_reads_how_many_alarms_are_open(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    assert findings.alarms().text == "Không có hồ sơ nào đang bị cảnh báo."
    watch_at(dossier.warn_at)

    assert findings.alarms().text == "Hồ sơ: 1 sắp hết hạn trả lời tiếp nhận."
    assert findings.alarms().well
    page = desk_of(cast.quan).get("/quan-tri/").content.decode()
    assert "1 sắp hết hạn trả lời tiếp nhận" in page


def test_an_alarm_nobody_was_told_of_is_for_quan_to_put_right(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    watch_at(dossier.warn_at)
    Post.objects.filter(agency=cast.ward).update(is_active=False)
    assert dossier.answer_due_at is not None
    watch_at(dossier.answer_due_at.replace(year=2027))

    found = findings.alarms()

    assert "1 đã quá hạn trả lời tiếp nhận, 1 sắp hết hạn trả lời tiếp nhận" in found.text
    assert "2 cảnh báo không có ai để báo" in found.text  # whoever was warned has left too
    assert not found.well
