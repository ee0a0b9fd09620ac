"""A house without the demo is furnished by commands: once per code, journalled, and checked."""

from hashlib import sha256
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from motcua.agencies.models import Agency, Post, Unit
from motcua.audit.queries import deeds_on
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
        "add_post", "ha.tran", "Trần Thị Hà", "--agency", "H99.33", "--unit", "MC",
        "--role", "desk_officer", "--close",
    )  # fmt: skip

    agency, post = Agency.objects.get(code="H99.33"), Post.objects.get()
    assert agency.name == "UBND phường Bình Yên"
    assert not post.is_active
    assert deeds_on(f"agency:{agency.pk}") == ["agency.add", "agency.change"]
    assert deeds_on(f"post:{post.pk}") == ["post.add", "post.close"]
    assert deeds_on(f"account:{post.account_id}") == ["account.open"]


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
