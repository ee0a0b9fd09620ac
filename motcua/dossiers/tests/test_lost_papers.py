"""A paper of Lan's is lost or damaged in our hands: put on record, told, made good (RCV-20)."""

import pytest
from django.test import Client

from motcua.audit.queries import deeds_on
from motcua.core.errors import NotFound, Refused
from motcua.dossiers.actions.lost_papers import make_good, report_papers
from motcua.dossiers.incident_jobs import tell_papers
from motcua.dossiers.models import Dossier, Incident
from motcua.dossiers.tests.conftest import signed_in
from motcua.dossiers.workflow import Status
from motcua.notices.models import Message
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

pytestmark = pytest.mark.django_db
SORRY = "Phường xin lỗi chị."
WHAT = "Bản chính giấy chứng sinh bị ướt."


@pytest.fixture
def examined(cast: Cast) -> Dossier:
    return a_dossier(cast, Status.EXAMINING)


def reported(cast: Cast, dossier: Dossier, **changed: str) -> Incident:
    told = {"kind": "damaged", "what": WHAT, "fault": "agency", "apology": SORRY} | changed
    return report_papers(post=cast.mai, reference=dossier.reference, **told)


def why_not(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refusal.value.reasons]


def test_it_is_on_record_and_the_dossier_goes_on(cast: Cast, examined: Dossier) -> None:
    due = examined.due_at

    incident = reported(cast, examined)

    examined.refresh_from_db()
    assert (examined.status, examined.due_at) == (Status.EXAMINING, due)
    assert incident.is_free
    assert incident.reported_by == cast.mai.holder_name
    assert "dossier.incident" in deeds_on(examined.reference)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"kind": "wrong"}, "incident_unknown"),
        ({"fault": "weather"}, "fault_unknown"),
        ({"what": " "}, "what_missing"),
        ({"apology": ""}, "apology_missing"),
    ],
)
def test_what_is_not_said_is_asked_for(
    cast: Cast, examined: Dossier, changed: dict[str, str], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        reported(cast, examined, **changed)
    assert why_not(refusal) == [code]
    assert not Incident.objects.exists()


def test_one_at_a_time_and_made_good_once(cast: Cast, examined: Dossier) -> None:
    incident = reported(cast, examined)
    with pytest.raises(Refused) as refusal:
        reported(cast, examined)
    assert why_not(refusal) == ["incident_open"]

    told = {"post": cast.hung, "reference": examined.reference, "incident_id": incident.pk}
    make_good(**told, how="Xin bệnh viện cấp lại.")  # type: ignore[arg-type]
    with pytest.raises(Refused) as refusal:
        make_good(**told, how="Xin bệnh viện cấp lại.")  # type: ignore[arg-type]
    assert why_not(refusal) == ["settled_before"]
    with pytest.raises(NotFound):
        make_good(post=cast.sau, reference=examined.reference, incident_id=incident.pk, how="x")
    assert reported(cast, examined).pk != incident.pk


def test_lan_is_told_both_times_and_once_each(cast: Cast, examined: Dossier) -> None:
    incident = reported(cast, examined)
    assert SORRY in signed_in(cast.lan).get(f"/ho-so/{examined.reference}/").content.decode()
    make_good(
        post=cast.hung, reference=examined.reference, incident_id=incident.pk,
        how="Xin bệnh viện cấp lại.",
    )  # fmt: skip
    for _ in range(2):  # made good before the first job ran: both are told all the same
        tell_papers(incident.pk)
        tell_papers(incident.pk, is_settled=True)

    told = list(Message.objects.filter(recipient=cast.lan, channel="inbox").order_by("pk"))
    assert [message.subject.split(" của")[0] for message in told] == [
        "Sự cố giấy tờ",
        "Đã khắc phục sự cố giấy tờ",
    ]
    assert SORRY in told[0].body
    assert "không phải trả phí" in told[0].body
    assert "Xin bệnh viện cấp lại." in told[1].body


def test_the_pages_take_it(cast: Cast, examined: Dossier, client: Client) -> None:
    here = f"/can-bo/ho-so/{examined.reference}/"
    client.force_login(cast.mai.account)
    typed = {"kind": "lost", "what": WHAT, "fault": "agency", "apology": ""}
    assert client.get(f"{here}su-co/").status_code == 200
    assert client.post(f"{here}su-co/", typed).status_code == 422
    assert client.post(f"{here}su-co/", typed | {"apology": SORRY}).status_code == 302
    incident = examined.incidents.get().pk
    assert "Ghi khắc phục xong" in client.get(here).content.decode()
    client.post(f"{here}su-co/{incident}/khac-phuc/", {"how": " "})
    assert examined.incidents.get().settled_at is None
    client.post(f"{here}su-co/{incident}/khac-phuc/", {"how": "Đã cấp lại."})
    assert examined.incidents.get().settled_how == "Đã cấp lại."
