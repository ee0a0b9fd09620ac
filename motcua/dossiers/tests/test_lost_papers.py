"""A paper of Lan's is lost or damaged in our hands: put on record, told, made good (RCV-20)."""

import pytest
from django.test import Client

from motcua.audit.queries import deeds_on
from motcua.core.errors import NotFound, Refused
from motcua.dossiers.actions.calling import note_call
from motcua.dossiers.actions.lost_papers import make_good, report_papers
from motcua.dossiers.actions.silence import break_silence
from motcua.dossiers.incident_jobs import tell_papers
from motcua.dossiers.models import Alarm, Dossier, Incident
from motcua.dossiers.tests.conftest import as_if_filed_for, desk_of, signed_in
from motcua.dossiers.types import AlarmKind, Applicant
from motcua.dossiers.workflow import Status
from motcua.notices.models import Delivery, Message
from motcua.notices.types import DeliveryStatus
from motcua.testing.cast import Cast

pytestmark = pytest.mark.django_db
SORRY = "Phường xin lỗi chị."
WHAT = "Bản chính giấy chứng sinh bị ướt."


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


def settled(cast: Cast, dossier: Dossier, incident: Incident) -> None:
    make_good(
        post=cast.hung, reference=dossier.reference, incident_id=incident.pk,
        how="Xin bệnh viện cấp lại.",
    )  # fmt: skip


def test_who_has_no_account_is_written_to_where_the_dossier_says(
    cast: Cast, examined: Dossier
) -> None:
    as_if_filed_for(examined, Applicant("H' Hen Niê", "066194000012", email="hen@example.vn"))
    examined.refresh_from_db()
    incident = reported(cast, examined)
    settled(cast, examined, incident)
    for _ in range(2):
        tell_papers(incident.pk)
        tell_papers(incident.pk, is_settled=True)

    told = list(Message.objects.filter(address="hen@example.vn").order_by("pk"))
    assert [m.template_code for m in told] == [
        "papers_mishandled_no_account", "papers_made_good_no_account",
    ]  # fmt: skip
    assert SORRY in told[0].body
    assert "/tra-cuu/?ma=" in told[0].body
    assert "/ho-so/" not in told[0].body


def test_who_has_only_a_telephone_gets_a_short_message(cast: Cast, examined: Dossier) -> None:
    as_if_filed_for(examined, Applicant("H' Hen Niê", "066194000012", phone="0912345678"))
    incident = reported(cast, Dossier.objects.get(pk=examined.pk))
    tell_papers(incident.pk)

    told = Message.objects.filter(dedupe_key=f"incident:{incident.pk}:papers_mishandled")
    assert {m.channel for m in told} <= {"sms", "zalo"}
    assert "su co" in told.get(channel="sms").body


def test_who_left_no_address_is_hungs_to_tell_until_he_says_that_he_did(
    cast: Cast, examined: Dossier
) -> None:
    as_if_filed_for(examined, Applicant("H' Hen Niê", "066194000012"))
    here = f"/can-bo/ho-so/{examined.reference}/"
    typed = {"kind": "lost", "what": WHAT, "fault": "agency", "apology": SORRY}
    page = desk_of(cast.mai).post(f"{here}su-co/", typed, follow=True).content.decode()
    assert "mời anh/chị báo trực tiếp" in page
    assert "Mời gọi điện" in page
    tell_papers(examined.incidents.get().pk)
    assert not Message.objects.exists()

    break_silence()
    alarm = Alarm.objects.get(kind=AlarmKind.UNREACHED)
    assert [post.pk for post in alarm.raised_to.all()] == [cast.hung.pk]
    page = desk_of(cast.hung).get(f"{here}goi-dien/").content.decode()
    assert "Sự cố: mất" in page
    note_call(
        post=cast.hung, reference=examined.reference, to="person", outcome="told",
        note="Đã xin lỗi chị Hen.",
    )  # fmt: skip
    break_silence()
    assert not Alarm.objects.filter(kind=AlarmKind.UNREACHED, closed_at=None).exists()

    settled(cast, examined, examined.incidents.get())
    break_silence()
    assert Alarm.objects.filter(kind=AlarmKind.UNREACHED, closed_at=None).count() == 1


def test_news_of_lost_papers_that_came_back_is_for_hung_to_phone_about(
    cast: Cast, examined: Dossier
) -> None:
    incident = reported(cast, examined)
    tell_papers(incident.pk)
    letters = Delivery.objects.filter(message__dedupe_key__startswith=f"incident:{incident.pk}:")
    assert letters.update(status=DeliveryStatus.FAILED)

    break_silence()
    assert Alarm.objects.filter(kind=AlarmKind.UNREACHED, closed_at=None).count() == 1
    letters.update(status=DeliveryStatus.SENT)
    break_silence()
    assert not Alarm.objects.filter(kind=AlarmKind.UNREACHED, closed_at=None).exists()
