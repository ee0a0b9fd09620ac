"""Keeping agencies, units and posts: entered from the server, once per code, journalled."""

import re
from collections.abc import Iterable, Iterator

from django.db import transaction

from motcua.agencies.models import Agency, Place, Post, Unit
from motcua.agencies.types import NewAgency, NewPost
from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor, Role
from motcua.core.errors import Reason, refuse_if
from motcua.core.text import clean
from motcua.people.actions import open_account

KINDS = ("province", "department", "commune", "centre")
POST_ROLES = tuple(role for role in Role if role not in (Role.CITIZEN, Role.PARTNER, Role.SYSTEM))
CODE = re.compile(r"[A-Z][0-9]{2}(\.[0-9A-Z]{1,6}){0,5}")
UNIT_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,19}")
USERNAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,60}")


def note_taken(post: Post) -> None:
    """Đổi vị trí: in which post an official went to work is written down."""
    account = f"account:{post.account_id}"
    record(post.actor, "post.taken", f"post:{post.pk}", at=clock.now(), account=account)


@transaction.atomic
def add_agency(*, by: Actor, new: NewAgency) -> bool:
    """Thêm cơ quan, or correct the one of this code; True when it was not there before."""
    parent = Agency.objects.filter(code=new.parent).first() if new.parent else None
    refuse_if(_agency_faults(new, parent))
    said = {
        "old_code": new.old_code, "name": clean(new.name), "kind": new.kind,
        "province_code": new.province_code, "commune_code": new.commune_code,
        "address": clean(new.address), "phone": clean(new.phone), "email": new.email,
    }  # fmt: skip
    agency, fresh = Agency.objects.update_or_create(
        code=new.code, defaults={**said, "parent": parent}
    )
    deed = "agency.add" if fresh else "agency.change"
    record(by, deed, f"agency:{agency.pk}", at=clock.now(), code=new.code, **said)
    return fresh


@transaction.atomic
def add_unit(*, by: Actor, agency: str, code: str, name: str, is_desk: bool = False) -> bool:
    """Thêm phòng, bộ phận, or correct it; True when it was not there before."""
    house = Agency.objects.filter(code=agency).first()
    faults = [] if house else [_none("agency", agency)]
    if not UNIT_CODE.fullmatch(code):
        faults.append(Reason("unit_code", f"Mã phòng {code!r} chỉ gồm chữ hoa, số, gạch.", "code"))
    refuse_if([*faults, *_unnamed(name)])
    unit, fresh = Unit.objects.update_or_create(
        agency=house, code=code, defaults={"name": clean(name), "is_desk": is_desk}
    )
    deed = "unit.add" if fresh else "unit.change"
    record(by, deed, f"unit:{unit.pk}", at=clock.now(), agency=agency, code=code, name=unit.name)
    return fresh


@transaction.atomic
def add_post(*, by: Actor, new: NewPost) -> tuple[bool, str]:
    """Thêm vị trí, or correct or close it: whether it is new, and a new account's password."""
    unit = Unit.objects.filter(agency__code=new.agency, code=new.unit).first()
    faults = [] if unit else [_none("unit", f"{new.agency} {new.unit}")]
    if new.role not in POST_ROLES:
        faults.append(
            Reason("role", f"Vai {new.role!r} không có. Có: {', '.join(POST_ROLES)}.", "role")
        )
    if not USERNAME.fullmatch(new.username):
        text = f"Tên đăng nhập {new.username!r} chỉ gồm chữ thường không dấu, số và . _ @ + -"
        faults.append(Reason("username", text, "username"))
    refuse_if([*faults, *_unnamed(new.name)])
    assert unit is not None
    account, password = open_account(by=by, username=new.username, name=new.name, email=new.email)
    post, fresh = Post.objects.update_or_create(
        account_id=account, unit=unit, role=new.role,
        defaults={
            "agency_id": unit.agency_id, "title": clean(new.title), "phone": clean(new.phone),
            "holder_name": clean(new.name), "is_active": new.is_active,
        },
    )  # fmt: skip
    deed = "post.add" if fresh else "post.change" if new.is_active else "post.close"
    facts = {"account": f"account:{account}", "unit": unit.pk, "post_role": new.role}
    record(by, deed, f"post:{post.pk}", at=clock.now(), **facts)
    return fresh, password


def _agency_faults(new: NewAgency, parent: Agency | None) -> Iterator[Reason]:
    if not CODE.fullmatch(new.code):
        text = f"Mã định danh {new.code!r} chưa đúng dạng, ví dụ H99.31.105."
        yield Reason("agency_code", text, "code")
    if new.kind not in KINDS:
        yield Reason("kind", f"Loại {new.kind!r} không có. Có: {', '.join(KINDS)}.", "kind")
    if new.parent and parent is None:
        yield _none("agency", new.parent)
    if new.parent == new.code:
        yield Reason("parent", "Cơ quan không thể là cấp trên của chính mình.", "parent")
    for kind, code in (("province", new.province_code), ("commune", new.commune_code)):
        if code and not Place.objects.filter(kind=kind, code=code).exists():
            yield _none(kind, code)
    yield from _unnamed(new.name)


def _unnamed(name: str) -> Iterable[Reason]:
    return [] if clean(name) else [Reason("name", "Chưa có tên.", "name")]


def _none(what: str, code: str) -> Reason:
    return Reason(f"no_{what}", f"Không có {NAMES[what]} mã {code}.", what)


NAMES = {"agency": "cơ quan", "unit": "phòng", "province": "tỉnh", "commune": "xã"}
