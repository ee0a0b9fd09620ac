"""What stands beside dossiers on the stage: a visit, an urging, an approval, slips, a hand-over list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from motcua.agencies.models import Post
from motcua.core import clock
from motcua.core.actors import Role
from motcua.dossiers.actions import approving, handing_over, urging, visiting
from motcua.dossiers.actions.lost_papers import report_papers
from motcua.dossiers.actions.urging_documents import sign_urging
from motcua.dossiers.acts import ApprovalKind
from motcua.dossiers.asides import letter_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.slip_facts import sealed
from motcua.dossiers.slips import qr_payload
from motcua.dossiers.slips.forms import SlipKind
from motcua.dossiers.types import Channel
from motcua.dossiers.workflow import Status
from motcua.notices.models import Message
from motcua.procedures.queries import terms_of
from motcua.testing.acting import who_acts
from motcua.testing.cast import Cast, a_post
from motcua.testing.consulting import a_unit_asked, visit_announced
from motcua.testing.correcting import reissued, reopened
from motcua.testing.dossiers import _upload, a_dossier
from motcua.testing.drafts import hand
from motcua.testing.linking import passed_on_paper
from motcua.testing.official import says_why
from motcua.workdays.queries import work_calendar

if TYPE_CHECKING:
    from datetime import date

    from motcua.dossiers.models import Slip

MARRIAGE = "1.004884"  # takes long enough for a letter of apology with a new date
# what stands in an address under a name that other addresses use for something else
CALLED = {
    "desk:paper-image": {"page": "sheet"},
    "desk:inbox_message": {"token": "desk_token"},
    "portal:verify": {"token": "seal"},
    "desk:transfer": {"number": "transfer"},
    "desk:transfer-paper": {"number": "transfer"},
    "desk:transfer-minutes": {"number": "taken_over"},
    "desk:urging": {"number": "document"},
    "desk:urging-paper": {"number": "document"},
    "desk:results-paper": {"day": "issued", "part": "sheet"},
    "desk:visit-paper": {"number": "visit"},
    "desk:urging-answer": {"number": "urging"},
    "desk:aside-file": {"number": "visit"},
    "desk:station": {"number": "station"},
    "desk:station-slip": {"number": "station"},
    "desk:ask": {"kind": "act"},
    "backoffice:reason": {"code": "reason"},
}


@dataclass(frozen=True)
class Beside:
    """Dossiers in an official's hands, and what stands in the addresses of what is beside them."""

    dossiers: dict[str, Dossier]
    places: dict[str, Any]
    foreign: dict[str, int]  # the same of Thu's dossiers elsewhere


def called(name: str, keys: tuple[str, ...]) -> dict[str, str]:
    """Each key of an address → what it is called among the places."""
    return {key: CALLED.get(name, {}).get(key, key) for key in keys}


def beside_all(cast: Cast) -> Beside:
    """Everything that officials ask each other about a dossier, of Lan's and of Thu's."""
    a_unit_asked(cast)  # Mai may ask the office of the ward
    examined, parts = _examined(cast)
    handed = a_dossier(cast, Status.TRANSFERRING, channel=Channel.COUNTER)
    dossiers = {
        "examined": examined,
        "back": a_dossier(cast, Status.SUPPLEMENTED),
        "handed": handed,
        "taken": a_dossier(cast, Status.ACCEPTED, channel=Channel.COUNTER),
        "corrected": _corrected(cast),
        "slow": a_dossier(cast, Status.ASSIGNING),
        "soon": a_dossier(cast, Status.EXAMINING),  # a day is all there is: it can be explained
        "linked": _linked(cast),
    }
    places = parts | {
        **_parts_of(dossiers["corrected"]),
        "transfer": handed.transfers.get().list_id,
        "taken_over": _taken_over(cast),
        "document": _urged(cast, dossiers["slow"]),
        "reason": "blurred",
        "issued": f"{localdate(clock.now()):%Y-%m-%d}",
        "unit_id": cast.hoa.unit_id,
        "what": "xac-minh",
        "act": ApprovalKind.CORRECT_CODE.value,
        "sheet": 1,
        "station": 1,
        "do": "don-doc",
        **who_acts(cast),
    }
    there = _elsewhere(cast)
    foreign = _examined(there)[1]
    return Beside(dossiers, places, foreign | _parts_of(_corrected(there)))


def _linked(cast: Cast) -> Dossier:
    """Mai settles it together with Tân Hòa, on paper: what goes there goes with a slip."""
    dossier = a_dossier(cast, Status.EXAMINING, MARRIAGE)
    passed_on_paper(cast, dossier)
    dossier.refresh_from_db()
    return dossier


def _corrected(cast: Cast) -> Dossier:
    """The result that Lan has was wrong: there is another, and hers is kept; a paper is lost too."""
    dossier = a_dossier(cast, Status.DELIVERED)
    reopened(cast, dossier)
    report_papers(
        post=cast.hung, reference=dossier.reference, kind="lost", what="Giấy chứng sinh.",
        fault="post",
    )  # fmt: skip
    return reissued(cast, dossier, _upload(f"kết quả đúng {dossier.reference}"))


def _parts_of(corrected: Dossier) -> dict[str, int]:
    """The replaced result, and the lost paper, by number."""
    lost = corrected.incidents.get(subject="papers")
    return {"earlier_id": corrected.earlier_results.get().pk, "incident_id": lost.pk}


def _taken_over(cast: Cast) -> int:
    """A hand-over list that both sides have confirmed."""
    dossier = a_dossier(cast, Status.TRANSFERRING, channel=Channel.COUNTER)
    handing_over.take_over(post=cast.hoa, reference=dossier.reference)
    return dossier.transfers.get().list_id


def _urged(cast: Cast, slow: Dossier) -> int:
    """A document about one slow dossier of Hòa's unit; another one waits to be urged about."""
    named = a_dossier(cast, Status.ASSIGNING)
    passed = clock.now() - timedelta(minutes=1)
    Dossier.objects.filter(pk__in=[slow.pk, named.pk]).update(clock_at=passed)
    return sign_urging(
        post=cast.binh, unit_id=cast.hoa.unit_id, chosen={named.reference},
        text="Đề nghị khẩn trương giải quyết.", answer_by=next_open_day(cast),
    ).pk  # fmt: skip


def next_open_day(cast: Cast) -> date:
    """The first working day of the ward after today."""
    calendar, today = work_calendar(cast.ward.pk), localdate(clock.now())
    days = (today + timedelta(days=n) for n in range(1, 20))
    return next(day for day in days if calendar.is_open(day))


def _elsewhere(cast: Cast) -> Cast:
    """Those who have Thu's dossiers in hand at the other commune."""
    justice, office = (cast.commune.units.get(code=code) for code in ("CM", "VP"))
    return replace(
        cast, lan=cast.thu, ward=cast.commune, hung=cast.sau,
        hoa=a_post("luc", "Lê Văn Lực", justice, Role.UNIT_HEAD, "Trưởng phòng"),
        mai=Post.objects.get(account__username="tu"),
        binh=a_post("ba", "Mai Thị Ba", office, Role.APPROVER, "Phó Chủ tịch UBND xã"),
        yen=a_post("nam", "Võ Thị Năm", office, Role.REGISTRAR, "Văn thư"),
    )  # fmt: skip


def _examined(cast: Cast) -> tuple[Dossier, dict[str, Any]]:
    """Mai went to see for herself, Bình urges her, she asks him for another date."""
    dossier = a_dossier(cast, Status.EXAMINING, MARRIAGE)
    here = dossier.reference
    visit_announced(cast, dossier)
    visiting.record_verification(
        post=cast.mai, reference=here, record="Đúng nơi cư trú", present="Nguyễn Thị Lan",
        upload=_upload(f"biên bản {here}"),
    )  # fmt: skip
    urging.urge(post=cast.binh, reference=here, note="Đề nghị khẩn trương giải quyết.")
    says_why(cast.binh, here)
    new = letter_of(cast.binh, here).new_due_at
    assert new is not None
    asked = approving.ask(
        hand=hand(cast.mai), post=cast.mai, reference=here, kind=ApprovalKind.MOVE_DATE,
        reason="Chờ tỉnh khác xác minh.", facts={"due_at": new.isoformat()},
    )  # fmt: skip
    dossier.refresh_from_db()
    return dossier, {
        "approval_id": asked.pk,
        "visit": dossier.verifications.get().pk,
        "urging": dossier.urgings.get().pk,
    }


def first_page(dossier: Dossier) -> str:
    """The key of the first page of its form."""
    return terms_of(dossier.procedure_version_id).form.pages[0].key


def seal_of(slip: Slip) -> str:
    """What stands in the QR of a slip."""
    paper = sealed(slip.move, SlipKind(slip.kind), slip.number)
    return qr_payload(paper).rstrip("/").rsplit("/", 1)[-1]


def message_of(person_id: int) -> str:
    """A letter in the inbox of a citizen."""
    return Message.objects.filter(recipient_id=person_id, channel="inbox").first().token  # type: ignore[union-attr]


def message_at(post_id: int) -> str:
    """The first letter in the inbox of an official."""
    return Message.objects.filter(post_id=post_id, channel="inbox").order_by("pk")[0].token
