"""A house without the demo is furnished by commands: once per code, journalled, and checked."""

from hashlib import sha256
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from motcua.agencies.models import Agency, Post, Unit
from motcua.audit.queries import deeds_on, entries_of
from motcua.people.models import Account, Partner
from motcua.people.queries import partner_by_token

pytestmark = pytest.mark.django_db


def said(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def furnished() -> str:
    """A ward with a desk and Hà at it; what the last command said."""
    said("add_agency", "H99", "UBND tỉnh Sông Hà", "--kind", "province")
    said("add_agency", "H99.33", "UBND phường Bình An", "--kind", "commune", "--parent", "H99")
    said("add_unit", "H99.33", "MC", "Bộ phận Một cửa", "--desk")
    return said(
        "add_post", "ha.tran", "Trần Thị Hà", "--agency", "H99.33", "--unit", "MC",
        "--role", "desk_officer", "--title", "Công chức một cửa",
    )  # fmt: skip


def test_ha_gets_a_post_and_signs_in_with_the_password_that_was_shown() -> None:
    password = furnished().split(": ")[-1].strip()

    client = Client()
    answer = client.post("/tai-khoan/dang-nhap/", {"login": "ha.tran", "password": password})

    assert answer["Location"] == "/can-bo/"
    assert client.get("/can-bo/danh-sach/cho-tiep-nhan/").status_code == 200
    assert Agency.objects.get(code="H99.33").parent == Agency.objects.get(code="H99")
    assert Unit.objects.get(agency__code="H99.33").is_desk


def test_the_same_again_changes_nothing_and_gives_no_new_password() -> None:
    furnished()

    again = furnished()

    assert "đã sửa" in again
    assert "Mật khẩu" not in again
    assert (Agency.objects.count(), Unit.objects.count(), Post.objects.count()) == (2, 1, 1)


def test_every_change_stands_in_the_journal() -> None:
    furnished()
    said("add_agency", "H99.33", "UBND phường Bình Yên", "--kind", "commune")
    said(
        "close_post", "ha.tran", "--agency", "H99.33", "--unit", "MC", "--role", "desk_officer"
    )  # fmt: skip

    agency, post = Agency.objects.get(code="H99.33"), Post.objects.get()
    assert agency.name == "UBND phường Bình Yên"
    assert not post.is_active
    assert deeds_on(f"agency:{agency.pk}") == ["agency.add", "agency.change"]
    assert deeds_on(f"post:{post.pk}") == ["post.add", "post.close"]
    assert deeds_on(f"account:{post.account_id}") == ["account.open"]


AT_THE_DESK = ("--agency", "H99.33", "--unit", "MC", "--role", "desk_officer")


def test_what_was_not_typed_stays_as_it_is() -> None:
    furnished()
    more = ("--address", "Số 1 Trần Phú", "--phone", "0270 1", "--old-code", "000.00.33.H99")
    said("add_agency", "H99.33", "UBND phường Bình An", "--kind", "commune", *more)
    said("add_post", "ha.tran", "Trần Thị Hà", *AT_THE_DESK, "--phone", "0900 2")

    said("add_agency", "H99.33", "UBND phường Bình An", "--kind", "commune", "--phone", "0270 3")
    said("add_unit", "H99.33", "MC", "Một cửa")
    said("add_post", "ha.tran", "Trần Thị Thu Hà", *AT_THE_DESK)

    agency, unit, post = Agency.objects.get(code="H99.33"), Unit.objects.get(), Post.objects.get()
    assert agency.parent == Agency.objects.get(code="H99")
    kept = (agency.address, agency.phone, agency.old_code)
    assert kept == ("Số 1 Trần Phú", "0270 3", "000.00.33.H99")
    assert (unit.name, unit.is_desk) == ("Một cửa", True)
    kept = (post.holder_name, post.title, post.phone)
    assert kept == ("Trần Thị Thu Hà", "Công chức một cửa", "0900 2")


def test_what_is_typed_empty_goes() -> None:
    furnished()
    said("add_agency", "H99.33", "UBND phường Bình An", "--kind", "commune", "--parent", "")
    said("add_unit", "H99.33", "MC", "Một cửa", "--no-desk")
    said("add_post", "ha.tran", "Trần Thị Hà", *AT_THE_DESK, "--title", "")

    assert Agency.objects.get(code="H99.33").parent is None
    assert not Unit.objects.get().is_desk
    assert Post.objects.get().title == ""


def test_a_closed_post_keeps_who_held_it_as_what_and_can_be_opened_again() -> None:
    furnished()

    assert "đã đóng." in said("close_post", "ha.tran", *AT_THE_DESK)
    assert "đã đóng từ trước." in said("close_post", "ha.tran", *AT_THE_DESK)

    post = Post.objects.get()
    kept = (post.is_active, post.holder_name, post.title)
    assert kept == (False, "Trần Thị Hà", "Công chức một cửa")
    assert deeds_on(f"post:{post.pk}") == ["post.add", "post.close"]
    said("add_post", "ha.tran", "Trần Thị Hà", *AT_THE_DESK)
    assert Post.objects.get().is_active


def test_the_journal_says_under_which_agency_one_stands() -> None:
    furnished()

    [entry] = entries_of(f"agency:{Agency.objects.get(code='H99.33').pk}")
    assert entry.facts["parent"] == "H99"


@pytest.mark.parametrize("code", ["H99", "H99.31.105", "H99.ABCDEFGH", "A01." + "X" * 31])
def test_every_code_that_the_law_allows_is_taken(code: str) -> None:
    said("add_agency", code, "UBND phường Bình An", "--kind", "commune")

    assert Agency.objects.get().code == code


@pytest.mark.parametrize(
    "code", ["Z01.12", "h99", "H9", "H99.", "H99.a", "H99\n", "A01." + "X" * 32]
)
def test_a_code_that_no_dossier_could_bear_is_refused(code: str) -> None:
    with pytest.raises(CommandError, match="chưa đúng dạng"):
        said("add_agency", code, "UBND phường Bình An", "--kind", "commune")


def test_an_old_code_belongs_to_one_agency_so_that_no_two_dossiers_share_a_code() -> None:
    old = ("--kind", "commune", "--old-code", "000.10.08.H15")
    said("add_agency", "H99.33", "UBND phường Bình An", *old)
    said("add_agency", "H99.33", "UBND phường Bình An", *old)

    with pytest.raises(CommandError, match="là của UBND phường Bình An"):
        said("add_agency", "H99.34", "UBND phường An Hòa", *old)

    assert Agency.objects.get().code == "H99.33"


LONG = "n" * 201


@pytest.mark.parametrize(
    "words",
    [
        ("add_agency", "H99.33", LONG, "--kind", "commune"),
        ("add_agency", "H99.33", "X", "--kind", "commune", "--address", "a" * 301),
        ("add_agency", "H99.33", "X", "--kind", "commune", "--email", "a@" + "b" * 260),
        ("add_unit", "H99.33", "MC", LONG),
        ("add_post", "ha.tran", LONG, *AT_THE_DESK),
        ("add_post", "ha.tran", "Hà", *AT_THE_DESK, "--title", LONG),
        ("add_post", "ha.tran", "Hà", *AT_THE_DESK, "--phone", "0" * 31),
        ("add_post", "ha.tran", "Hà", *AT_THE_DESK, "--email", "a@" + "b" * 260),
    ],
)
def test_what_is_too_long_is_said_and_changes_nothing(words: tuple[str, ...]) -> None:
    furnished()

    with pytest.raises(CommandError, match="dài quá"):
        said(*words)

    assert Agency.objects.get(code="H99.33").name == "UBND phường Bình An"
    assert Post.objects.get().holder_name == "Trần Thị Hà"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("add_agency", "99", "X", "--kind", "commune"), "chưa đúng dạng"),
        (("add_agency", "H99.1", " ", "--kind", "commune"), "Chưa có tên"),
        (("add_agency", "H99.1", "X", "--kind", "commune", "--parent", "H98"), "Không có cơ quan"),
        (("add_agency", "H99.1", "X", "--kind", "commune", "--commune-code", "9"), "Không có xã"),
        (("add_unit", "H98", "MC", "X"), "Không có cơ quan"),
        (("add_unit", "H98", "mc!", "X"), "Mã phòng"),
        (
            ("add_post", "Hà", "X", "--agency", "H98", "--unit", "MC", "--role", "keeper"),
            "Tên đăng",
        ),
        (("add_partner", " "), "Tên đối tác"),
        (("close_post", "ha.tran", *AT_THE_DESK), "Không có vị trí"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_entered(words: tuple[str, ...], why: str) -> None:
    with pytest.raises(CommandError, match=why):
        said(*words)

    assert not Agency.objects.exists()
    assert not Account.objects.exists()
    assert not Partner.objects.exists()


def test_a_partner_gets_its_token_once_and_only_its_hash_is_kept() -> None:
    token = said("add_partner", "Cổng của đối tác").split(": ")[-1].strip()

    found = partner_by_token(token)
    assert found is not None
    assert found.name == "Cổng của đối tác"
    assert Partner.objects.get().token_sha256 == sha256(token.encode()).hexdigest()
    assert deeds_on(f"partner:{found.id}") == ["partner.add"]
    with pytest.raises(CommandError, match="không xem lại được"):
        said("add_partner", "Cổng của đối tác")
