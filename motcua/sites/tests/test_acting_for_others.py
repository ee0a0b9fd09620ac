"""Acting for others: what a mandate must say, and on which days it counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.audit.models import Entry
from motcua.core import clock
from motcua.core.errors import NotFound, Refused
from motcua.people import acting
from motcua.people.models import Mandate, Membership, Organisation, Person
from motcua.people.parties import Behalf, MandateWords, MemberWords
from motcua.people.rules.acting import mandate_objections, member_objections, not_covered
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, a_pdf

TODAY = date(2026, 11, 22)
PAPER = ("a" * 64, "uy-quyen.pdf", "application/pdf")


def words(**told: object) -> MandateWords:
    facts: dict[str, object] = {
        "attorney_number": "079192000002", "attorney_name": "Lê Thị Thu", "kind": "attorney",
        "procedures": (BIRTH,), "from_on": TODAY, "to_on": TODAY + timedelta(days=30),
        "result_store": "owner",
    }  # fmt: skip
    return MandateWords(**facts | told)  # type: ignore[arg-type]


def objections(said: MandateWords, *, document: bool = True) -> list[str]:
    found = mandate_objections(
        said, own_number="079190000001", known=(BIRTH,), today=TODAY, has_document=document
    )
    return [each.code for each in found]


def test_a_whole_mandate_is_not_objected_to() -> None:
    assert objections(words()) == []
    hired = words(attorney_number="2800000001", kind="hired", procedures=())
    assert objections(hired) == []


WRONG = [
    ({"attorney_number": "123"}, "number_wrong"),
    ({"attorney_number": "٠٧٩١٩٢٠٠٠٠٠٢"}, "number_wrong"),
    ({"attorney_number": "079190000001"}, "number_own"),
    ({"attorney_name": ""}, "name_missing"),
    ({"attorney_name": "A" * 201}, "name_long"),
    ({"kind": "postal"}, "kind_unknown"),
    ({"result_store": "cloud"}, "store_unknown"),
    ({"from_on": None}, "from_missing"),
    ({"to_on": None}, "to_missing"),
    ({"to_on": TODAY - timedelta(days=1)}, "to_wrong"),
    ({"to_on": TODAY + timedelta(days=3000)}, "too_long"),
    ({"procedures": ("9.999999",)}, "procedure_unknown"),
]


@pytest.mark.parametrize(("told", "code"), WRONG)
def test_each_thing_that_is_wrong_is_told(told: dict[str, object], code: str) -> None:
    assert objections(words(**told)) == [code]


def test_a_mandate_has_its_paper() -> None:
    assert objections(words(), document=False) == ["document_missing"]


def test_a_member_is_a_person_with_work_to_do() -> None:
    member = MemberWords("2800000002", "", "", None, None)

    found = member_objections(member, own_number="2800000001", today=TODAY)

    assert [each.code for each in found] == [
        "number_wrong", "name_missing", "role_missing", "from_missing",
    ]  # fmt: skip


def right(**told: object) -> Behalf:
    facts: dict[str, object] = {
        "right": "mandate:1", "what": "Ủy quyền của Lan số 1", "name": "Lan", "number": "1",
        "address": "", "phone": "", "email": "", "from_on": TODAY, "to_on": TODAY,
        "procedures": (BIRTH,),
    }  # fmt: skip
    return Behalf(**facts | told)  # type: ignore[arg-type]


COVERED = [
    (None, ["behalf_unknown"]),
    (right(), []),
    (right(procedures=()), []),
    (right(to_on=None), []),
    (right(from_on=TODAY + timedelta(days=1), to_on=None), ["behalf_not_yet"]),
    (right(to_on=TODAY - timedelta(days=1)), ["behalf_over"]),
    (right(ended_on=TODAY), ["behalf_over"]),
    (right(procedures=("1.000001",)), ["behalf_other_procedure"]),
]


@pytest.mark.parametrize(("behalf", "codes"), COVERED)
def test_a_right_counts_on_its_days_for_its_procedures(
    behalf: Behalf | None, codes: list[str]
) -> None:
    assert [each.code for each in not_covered(behalf, BIRTH, TODAY)] == codes


def a_mandate(cast: Cast, **told: object) -> int:
    today = clock.now().date()
    dated = {"from_on": today, "to_on": today + timedelta(days=30)}
    return acting.make_mandate(
        grantor=cast.lan, words=words(**{**dated, **told}), known=(BIRTH,), document=PAPER
    )


def test_lan_lets_thu_file_for_her_and_ends_it(cast: Cast) -> None:
    number = a_mandate(cast)

    (may,) = acting.behalves(cast.thu, BIRTH)
    assert (may.name, may.right) == ("Nguyễn Thị Lan", f"mandate:{number}")
    assert acting.behalves(cast.thu, "1.000894") == []
    assert acting.behalves(cast.lan, BIRTH) == []
    assert acting.behalf(cast.lan, f"mandate:{number}") is None
    with pytest.raises(NotFound):
        acting.end_mandate(grantor=cast.thu, mandate_id=number)

    acting.end_mandate(grantor=cast.lan, mandate_id=number)
    acting.end_mandate(grantor=cast.lan, mandate_id=number)

    assert acting.behalves(cast.thu, BIRTH) == []
    with pytest.raises(Refused, match="đã hết hiệu lực"):
        acting.refuse_uncovered(cast.thu, f"mandate:{number}", BIRTH)
    deeds = Entry.objects.filter(subject=f"person:{cast.lan.pk}", deed__startswith="mandate.")
    assert [each.deed for each in deeds.order_by("seq")] == ["mandate.made", "mandate.ended"]


def test_a_mandate_is_over_the_day_after_its_last(cast: Cast) -> None:
    number = a_mandate(cast)

    with time_machine.travel(clock.now() + timedelta(days=32)):
        assert acting.behalves(cast.thu, BIRTH) == []
        with pytest.raises(Refused, match="đã hết hiệu lực"):
            acting.refuse_uncovered(cast.thu, f"mandate:{number}", BIRTH)


@pytest.mark.parametrize("said", ["", "mandate:", "mandate:x", "member:99999999999", "x:1", "٣"])
def test_a_right_that_is_no_right_is_nothing(cast: Cast, said: str) -> None:
    assert acting.behalf(cast.thu, said) is None


def a_house() -> Person:
    house = Person.objects.create(
        national_id="2800000001", full_name="Công ty TNHH Mẫu", kind="enterprise"
    )
    Organisation.objects.create(
        own=house, tax_code="2800000001", name=house.full_name, kind="enterprise"
    )
    return house


def test_a_house_names_its_members_and_ends_their_work(cast: Cast) -> None:
    house = a_house()
    member = MemberWords(cast.thu.national_id, "Lê Thị Thu", "Kế toán", clock.now().date(), None)

    number = acting.add_member(house=house, words=member)

    (may,) = acting.behalves(cast.thu, BIRTH)
    assert (may.name, may.number) == ("Công ty TNHH Mẫu", "2800000001")
    acting.end_member(house=house, member_id=number)
    assert acting.behalves(cast.thu, BIRTH) == []
    with pytest.raises(NotFound):
        acting.add_member(house=cast.lan, words=member)


def test_lan_makes_a_mandate_on_its_page(cast: Cast) -> None:
    lan, thu = Client(), Client()
    assert cast.lan.account is not None
    assert cast.thu.account is not None
    lan.force_login(cast.lan.account)
    thu.force_login(cast.thu.account)
    typed = {
        "attorney_number": "079 192 000 002", "attorney_name": "Lê Thị Thu", "kind": "attorney",
        "procedures": BIRTH, "from_on": f"{clock.now():%d/%m/%Y}", "to_on": "31/02/2027",
        "result_store": "both",
    }  # fmt: skip

    refused = lan.post("/uy-quyen/lap/", typed)

    told = refused.content.decode()
    assert refused.status_code == 422
    assert "Mời ông/bà nhập ngày kết thúc" in told
    assert "Mời ông/bà tải lên văn bản ủy quyền." in told
    assert 'value="31/02/2027"' in told
    paper = SimpleUploadedFile("uy-quyen.pdf", a_pdf("ủy quyền"), "application/pdf")
    to_on = f"{clock.now() + timedelta(days=30):%d/%m/%Y}"
    made = lan.post("/uy-quyen/lap/", typed | {"to_on": to_on, "document": paper})
    assert made.status_code == 302
    row = Mandate.objects.get()
    assert (row.result_store, row.procedures) == ("both", [BIRTH])
    address = f"/uy-quyen/{row.pk}/van-ban/"
    assert "Nguyễn Thị Lan" in thu.get("/uy-quyen/").content.decode()
    assert lan.get(address).status_code == thu.get(address).status_code == 200
    assert acting.digests_in_use([row.document_digest, "x"]) == {row.document_digest}


def test_a_file_that_is_no_paper_is_refused_beside_the_rest(cast: Cast) -> None:
    lan = Client()
    assert cast.lan.account is not None
    lan.force_login(cast.lan.account)
    page = SimpleUploadedFile("uy-quyen.pdf", b"<html><script>", "application/pdf")

    answer = lan.post("/uy-quyen/lap/", {"document": page})

    assert answer.status_code == 422
    assert "Mời ông/bà tải lên văn bản ủy quyền." not in answer.content.decode()
    assert 'id="document-error"' in answer.content.decode()
    assert not Mandate.objects.exists()


def test_only_a_house_has_members(cast: Cast) -> None:
    lan = Client()
    assert cast.lan.account is not None
    lan.force_login(cast.lan.account)

    assert lan.get("/thanh-vien/").status_code == 404
    assert lan.post("/thanh-vien/", {}).status_code == 404
    assert not Membership.objects.exists()
