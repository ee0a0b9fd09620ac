"""Where the law says so, Hòa agrees to one more slip of her unit: her list, her page, her notice, no other head's."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from motcua.agencies.models import Post, Unit
from motcua.core.actors import Role
from motcua.core.errors import NotFound
from motcua.dossiers import approval_jobs
from motcua.dossiers.actions import approving, more_papers
from motcua.dossiers.models import Approval, Dossier
from motcua.dossiers.queries import desk_list
from motcua.dossiers.tests.test_approvals import decide
from motcua.dossiers.tests.test_more_papers import MONDAY, ask
from motcua.dossiers.tests.test_second_asking import WHY
from motcua.dossiers.workflow import Status
from motcua.law.models import LegalProfile
from motcua.law.rules import content_of, typed_of
from motcua.notices.models import Message
from motcua.testing.cast import Cast, a_post
from motcua.testing.dossiers import a_dossier, handed_in

pytestmark = pytest.mark.django_db
HEADS = "cho-don-vi-dong-y"
LEADERS = "cho-duyet-hai-nguoi"


@pytest.fixture(autouse=True)
def monday() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY) as now:
        yield now


def head_agrees(law: LegalProfile, stages: tuple[str, ...] = ("examination",)) -> LegalProfile:
    """The same law, with the head of the unit as the one who agrees."""
    asking = [
        rule | ({"more_agreed_by": "unit_head"} if rule["stage"] in stages else {})
        for rule in law.content["asking"]
    ]
    return LegalProfile.objects.create(
        code=law.code, version=law.version + 1, name=law.name, valid_from=law.valid_from,
        content=law.content | {"asking": asking}, status="approved", drafted_by="Quân",
        drafted_by_key="k", drafted_by_person="p", drafted_at=law.drafted_at,
    )  # fmt: skip


@pytest.fixture
def asked_once(cast: Cast) -> Dossier:
    """Lan was asked once and handed in; Mai has it again, under a law that lets Hòa agree."""
    dossier = a_dossier(cast, Status.EXAMINING)
    assert dossier.profile_id is not None
    law = head_agrees(LegalProfile.objects.get(pk=dossier.profile_id))
    Dossier.objects.filter(pk=dossier.pk).update(profile_id=law.pk)
    ask(cast, dossier)
    handed_in(cast, dossier)
    more_papers.resume_dossier(post=cast.hung, reference=dossier.reference)
    dossier.refresh_from_db()
    return dossier


@pytest.fixture
def another_head(cast: Cast) -> Post:
    """Who heads another unit of the ward."""
    unit = Unit.objects.create(agency=cast.ward, code="KT", name="Phòng Kinh tế")
    return a_post("khoa", "Lê Đăng Khoa", unit, Role.UNIT_HEAD, "Trưởng phòng")


def asking(cast: Cast, dossier: Dossier) -> Approval:
    ask(cast, dossier, second_reason=WHY)
    return dossier.approvals.get()


def test_hoa_has_it_on_her_list_one_notice_and_agrees_on_its_page(
    cast: Cast, asked_once: Dossier, another_head: Post, client: Client
) -> None:
    asked = asking(cast, asked_once)
    approval_jobs.tell_asked(asked.pk)
    approval_jobs.tell_asked(asked.pk)

    assert [m.post_id for m in Message.objects.filter(channel="inbox")] == [cast.hoa.pk]
    assert len(desk_list(cast.hoa, HEADS).rows) == 1
    assert desk_list(another_head, HEADS).rows == []
    assert desk_list(cast.binh, LEADERS).rows == []
    here = f"/can-bo/ho-so/{asked_once.reference}/"
    client.force_login(cast.hoa.account)
    assert f"duyet/{asked.pk}/" in client.get(here).content.decode()
    assert WHY in client.get(f"{here}duyet/{asked.pk}/").content.decode()
    client.post(f"{here}duyet/{asked.pk}/", {"do": "grant"})

    asked_once.refresh_from_db()
    move = asked_once.moves.get(seq=asked_once.revision)
    assert asked_once.status == Status.SUPPLEMENT
    assert (move.by, move.facts["approved_by"]) == (cast.mai.holder_name, cast.hoa.holder_name)
    assert desk_list(cast.hoa, HEADS).rows == []


def test_another_head_cannot_open_it_and_neither_they_nor_binh_decide(
    cast: Cast, asked_once: Dossier, another_head: Post, client: Client
) -> None:
    asked = asking(cast, asked_once)

    client.force_login(another_head.account)
    page = f"/can-bo/ho-so/{asked_once.reference}/duyet/{asked.pk}/"
    assert client.get(page).status_code == 404
    assert client.post(page, {"do": "grant"}).status_code == 404
    for post in (another_head, cast.binh, cast.mai, cast.hung):
        with pytest.raises(NotFound):
            decide(approving.grant, post, asked)


def test_mai_reads_whom_it_is_put_before(cast: Cast, asked_once: Dossier, client: Client) -> None:
    client.force_login(cast.mai.account)

    page = client.get(f"/can-bo/ho-so/{asked_once.reference}/yeu-cau-bo-sung/").content.decode()

    assert "Trình trưởng đơn vị cho phép" in page
    above = page.partition('name="muc"')[0].partition("<main")[2]
    assert "chỉ gửi đi khi trưởng đơn vị cho phép" in above
    assert "<strong>tất cả</strong>" in above


def test_while_the_unit_has_no_head_but_mai_binh_agrees_as_everywhere_else(
    cast: Cast, asked_once: Dossier
) -> None:
    Post.objects.filter(pk=cast.hoa.pk).update(account=cast.mai.account)

    asked = asking(cast, asked_once)

    assert len(desk_list(cast.binh, LEADERS).rows) == 1
    decide(approving.grant, cast.binh, asked)
    asked_once.refresh_from_db()
    assert asked_once.status == Status.SUPPLEMENT


def test_when_mai_heads_the_unit_after_she_asked_binh_has_it_on_his_list(
    cast: Cast, asked_once: Dossier
) -> None:
    asked = asking(cast, asked_once)
    Post.objects.filter(pk=cast.hoa.pk).update(account=cast.mai.account)

    assert len(desk_list(cast.binh, LEADERS).rows) == 1
    decide(approving.grant, cast.binh, asked)


def test_when_hoa_leaves_after_mai_asked_binh_decides_until_there_is_a_head_again(
    cast: Cast, asked_once: Dossier, client: Client
) -> None:
    asked = asking(cast, asked_once)
    Post.objects.filter(pk=cast.hoa.pk).update(is_active=False)

    assert len(desk_list(cast.binh, LEADERS).rows) == 1
    client.force_login(cast.binh.account)
    here = f"/can-bo/ho-so/{asked_once.reference}/duyet/{asked.pk}/"
    assert 'value="grant"' in client.get(here).content.decode()
    with pytest.raises(NotFound):
        decide(approving.grant, cast.mai, asked)

    Post.objects.filter(pk=cast.hoa.pk).update(is_active=True)
    assert desk_list(cast.binh, LEADERS).rows == []
    with pytest.raises(NotFound):
        decide(approving.grant, cast.binh, asked)

    Post.objects.filter(pk=cast.hoa.pk).update(is_active=False)
    client.post(here, {"do": "grant"})
    asked_once.refresh_from_db()
    assert asked_once.status == Status.SUPPLEMENT


def test_at_the_entry_check_no_head_can_be_named_and_one_named_before_means_binh(
    cast: Cast,
) -> None:
    law = LegalProfile.objects.filter(status="approved").first()
    assert law is not None
    for stage, refused in (("entry", ["no_unit_yet"]), ("examination", [])):
        typed = typed_of(law.profile) | {f"asking-{stage}-by": "unit_head"}
        assert [reason.code for reason in content_of(typed)[1]] == refused

    before = head_agrees(law, ("entry", "examination")).profile

    agreed = {rule.stage.value: rule.more_agreed_by for rule in before.asking}
    assert agreed["entry"] is Role.APPROVER
    assert agreed["examination"] is Role.UNIT_HEAD


def test_the_form_of_the_law_offers_the_head_only_once_a_unit_has_the_dossier(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.quan.account)
    code = LegalProfile.objects.filter(status="approved").latest("valid_from").code

    page = client.get(f"/quan-tri/phap-ly/{code}/soan/").content.decode()

    entry = page.split('id="asking-entry-by"')[1].split("</select>")[0]
    examined = page.split('id="asking-examination-by"')[1].split("</select>")[0]
    assert 'value="unit_head"' not in entry
    assert 'value="unit_head"' in examined
