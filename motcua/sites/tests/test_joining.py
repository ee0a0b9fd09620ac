"""Joining in the database: attach, make, refuse, and what a keeper decides."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.agencies.models import Post
from motcua.audit.models import Entry
from motcua.core.errors import Refused
from motcua.notices.account_news import tell_account
from motcua.notices.models import Message
from motcua.people.joining import forget_marks, join, open_conflicts, settle_conflict
from motcua.people.models import Account, ExternalIdentity, Organisation, Person, SpentMark
from motcua.people.parties import ConflictRow, Identity, PartyKind
from motcua.people.ports import Proof, Untrusted
from motcua.sites.backoffice.link_findings import links
from motcua.testing.cast import PASSWORD, Cast

LAN, THU = "079190000001", "079192000002"
pytestmark = pytest.mark.django_db


def identity(**told: object) -> Identity:
    facts: dict[str, object] = {
        "service": "vneid", "tech_id": "t-lan", "kind": PartyKind.PERSON, "level": 2,
        "name": "Nguyễn Thị Lan", "numbers": (LAN,),
    }  # fmt: skip
    return Identity(**facts | told)  # type: ignore[arg-type]


def proof(who: Identity, mark: str = "") -> Proof:
    marks = (sha256((mark or f"{who}{SpentMark.objects.count()}").encode()).hexdigest(),)
    return Proof(who, marks, "token")


def settle(keeper: Post, row: ConflictRow, *, join_them: bool = True, reason: str = "Rõ.") -> None:
    settle_conflict(
        keeper=keeper.actor, conflict_id=row.id, seen=row.seen, join_them=join_them, reason=reason
    )


def test_lan_keeps_her_account_and_her_password(cast: Cast) -> None:
    joined = join(proof(identity()))

    assert joined.account == cast.lan.account
    assert join(proof(identity())).account == cast.lan.account
    assert ExternalIdentity.objects.filter(person=cast.lan).count() == 1
    assert Entry.objects.filter(deed="identity.linked").count() == 1


def test_what_was_used_is_not_taken_again(cast: Cast) -> None:
    join(proof(identity(), "once"))

    with pytest.raises(Untrusted):
        join(proof(identity(), "once"))
    assert forget_marks() == 0


def test_a_neighbour_without_an_account_is_given_one(cast: Cast) -> None:
    hen = Person.objects.create(national_id="066194000012", full_name="H' Hen Niê")

    joined = join(proof(identity(tech_id="t", name="H' Hen Niê", numbers=(hen.national_id,))))

    hen.refresh_from_db()
    assert joined.account == hen.account
    assert hen.account is not None
    assert not hen.account.has_usable_password()


def test_an_old_number_gives_way_to_the_personal_one() -> None:
    old = Person.objects.create(national_id="023456789", full_name="Nguyễn Thị Lan")

    join(proof(identity(numbers=(LAN, "023456789"))))

    old.refresh_from_db()
    assert old.national_id == LAN


def test_another_tech_id_for_lan_is_refused_and_put_before_the_keepers(cast: Cast) -> None:
    join(proof(identity()))

    joined = join(proof(identity(tech_id="t-other")))

    assert (joined.account, joined.why) == (None, "number_has_tech_id")
    join(proof(identity(tech_id="t-other")))
    (row,) = open_conflicts()
    assert (row.person_id, row.number) == (cast.lan.pk, LAN)
    assert Entry.objects.filter(deed="identity.conflict").count() == 1
    assert (links().well, links().text[:1]) == (False, "1")


def test_a_keeper_joins_them_with_a_reason_and_then_she_gets_in(cast: Cast) -> None:
    join(proof(identity()))
    join(proof(identity(tech_id="t-other")))
    (row,) = open_conflicts()

    with pytest.raises(Refused):
        settle(cast.quan, row, reason=" ")
    settle(cast.quan, row)

    assert open_conflicts() == []
    assert join(proof(identity(tech_id="t-other"))).account == cast.lan.account
    entry = Entry.objects.get(deed="identity.joined")
    assert (entry.subject, entry.actor) == (f"person:{cast.lan.pk}", cast.quan.actor.key)
    with pytest.raises(Refused):
        settle(cast.nga, row, join_them=False)


CONFLICTS = [
    {"numbers": (THU,), "name": "Lê Thị Thu"},  # Lan's TechID, Thu's number
    {"tech_id": "t2", "name": "Người Khác"},
    {"tech_id": "t2"},
]


@pytest.mark.parametrize("told", CONFLICTS, ids=str)
def test_every_conflict_ends_once_a_keeper_has_joined_it(
    cast: Cast, told: dict[str, object]
) -> None:
    join(proof(identity()))
    assert join(proof(identity(**told))).account is None
    (row,) = open_conflicts()

    settle(cast.quan, row)

    assert join(proof(identity(**told))).account is not None
    assert open_conflicts() == []


def test_whoever_came_in_by_the_wrong_link_is_out_at_once_and_all_are_told(cast: Cast) -> None:
    wrong = join(proof(identity())).account
    assert wrong is not None
    inside = Client()
    inside.force_login(wrong)
    assert inside.get("/ho-so/").status_code == 200
    join(proof(identity(numbers=(THU,), name="Lê Thị Thu")))  # the TechID is Thu's in truth
    (row,) = open_conflicts()

    settle(cast.quan, row)

    assert inside.get("/ho-so/").status_code == 302
    for job in ProcrastinateJob.objects.filter(args__job__endswith=".tell_account"):
        tell_account(**job.args["facts"])
    rows = Message.objects.filter(template_code="identity_moved")
    assert {each.recipient_id for each in rows} == {cast.lan.pk, cast.thu.pk}
    undone = bytes(Entry.objects.get(deed="identity.joined").body).decode()
    assert f'"person_id":{cast.lan.pk}' in undone.replace(" ", "")


def test_what_the_keeper_read_is_what_is_settled(cast: Cast) -> None:
    join(proof(identity()))
    join(proof(identity(numbers=(THU,), name="Lê Thị Thu")))
    (read,) = open_conflicts()
    join(proof(identity(numbers=("066194000012",), name="H' Hen Niê")))

    with pytest.raises(Refused, match="vừa đăng nhập lại"):
        settle(cast.quan, read)

    assert ExternalIdentity.objects.get().person == cast.lan


def test_a_house_whose_first_number_changes_stays_one_house() -> None:
    house = {"tech_id": "t-house", "kind": PartyKind.ENTERPRISE, "name": "Công ty Mẫu"}
    old, new = "2800000001", "2800000009"
    join(proof(identity(**house, numbers=(old,), representative="Nguyễn Văn Mẫu")))

    joined = join(proof(identity(**house, numbers=(new, old))))

    assert joined.account is not None
    (found,) = Organisation.objects.all()
    assert (found.tax_code, found.representative) == (new, "Nguyễn Văn Mẫu")


def test_closing_the_browser_signs_a_citizen_out(cast: Cast) -> None:
    browser = Client()
    assert cast.lan.account is not None
    browser.force_login(cast.lan.account)

    assert browser.session.get_expire_at_browser_close()


def test_left_apart_she_goes_on_being_refused(cast: Cast) -> None:
    join(proof(identity()))
    join(proof(identity(tech_id="t-other")))
    (row,) = open_conflicts()

    settle(cast.quan, row, join_them=False)

    assert join(proof(identity(tech_id="t-other"))).account is None


def test_an_officials_user_name_is_nobodys_number(cast: Cast) -> None:
    Account.objects.create(username="038000000001")

    joined = join(proof(identity(tech_id="x", numbers=("038000000001",), name="Mẫu")))

    assert (joined.account, joined.why) == (None, "username_taken")


def test_the_first_name_of_a_new_account_is_what_the_service_says() -> None:
    joined = join(proof(replace(identity(), name="A" * 190)))

    assert joined.account is not None
    assert joined.account.person.full_name == "A" * 190


def test_quan_decides_in_the_back_office_and_lan_sees_no_such_page(cast: Cast) -> None:
    join(proof(identity()))
    join(proof(identity(tech_id="t-other")))
    (row,) = open_conflicts()
    quan, lan = Client(), Client()
    quan.force_login(cast.quan.account)
    assert cast.lan.account is not None
    lan.force_login(cast.lan.account)

    listed = quan.get("/quan-tri/noi-tai-khoan/").content.decode()
    address, typed = f"/quan-tri/noi-tai-khoan/{row.id}/", {"do": "join", "seen": row.seen}
    assert f'name="seen" value="{row.seen}"' in quan.get(address).content.decode()
    assert lan.get("/quan-tri/noi-tai-khoan/").status_code == 404
    refused = quan.post(address, typed)
    done = quan.post(address, typed | {"reason": "Đã xem căn cước."})

    assert "Nguyễn Thị Lan" in listed
    assert (refused.status_code, done.status_code) == (422, 302)
    assert "Chưa ghi lý do." in refused.content.decode()


def test_a_citizens_password_opens_nothing_where_citizens_have_none(
    cast: Cast, settings: object
) -> None:
    settings.CITIZEN_PASSWORDS = False  # type: ignore[attr-defined]
    typed = {"login": "lan", "password": PASSWORD}

    lan, hung = Client(), Client()
    right = lan.post("/tai-khoan/dang-nhap/", typed).content.decode()
    wrong = Client().post("/tai-khoan/dang-nhap/", typed | {"password": "x"}).content.decode()
    hung.post("/tai-khoan/dang-nhap/", typed | {"login": "hung"})

    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in right
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in wrong
    assert "_auth_user_id" not in lan.session
    assert "_auth_user_id" in hung.session
