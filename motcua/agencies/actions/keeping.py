"""Keeping agencies, units and posts: entered from the server, once per code, journalled."""

import re
from collections.abc import Iterable, Iterator, Mapping

from django.db import IntegrityError, transaction
from django.db.models import Model

from motcua.agencies import rules
from motcua.agencies.actions.keepers import keeper_faults
from motcua.agencies.models import Agency, Place, Post, Unit
from motcua.agencies.types import NewAgency, NewPost
from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor, Role
from motcua.core.errors import Reason, Refused, refuse_if
from motcua.core.text import clean
from motcua.people.actions import open_account
from motcua.people.guarding import end_sessions

KINDS = ("province", "department", "commune", "centre")
POST_ROLES = tuple(role for role in Role if role not in (Role.CITIZEN, Role.PARTNER, Role.SYSTEM))
UNIT_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,19}")
# With a letter: a name of digits alone is a citizen's number, and their account goes by it.
USERNAME = re.compile(r"(?=.*[a-z])[a-z0-9][a-z0-9._@+-]{1,60}")


def note_taken(post: Post) -> None:
    """Đổi vị trí: in which post an official went to work is written down."""
    account = f"account:{post.account_id}"
    record(post.actor, "post.taken", f"post:{post.pk}", at=clock.now(), account=account)


@transaction.atomic
def add_agency(*, by: Actor, new: NewAgency) -> bool:
    """Thêm cơ quan, or correct the one of this code; True when it was not there before."""
    parent = Agency.objects.filter(code=new.parent).first() if new.parent else None
    refuse_if(_agency_faults(new, parent))
    said = _typed(
        old_code=new.old_code, name=new.name, kind=new.kind, address=new.address, phone=new.phone,
        province_code=new.province_code, commune_code=new.commune_code, email=new.email,
    )  # fmt: skip
    refuse_if(_too_long(Agency, said))
    above = {} if new.parent is None else {"parent": parent}
    try:
        with transaction.atomic():
            agency, fresh = Agency.objects.update_or_create(
                code=new.code, defaults={**said, **above}
            )
    except IntegrityError:  # somebody else gave it at the same moment
        raise Refused([_taken(said.get("old_code", ""), "một cơ quan khác")]) from None
    deed = "agency.add" if fresh else "agency.change"
    facts = {**said, **_typed(code=new.code, parent=new.parent)}
    record(by, deed, f"agency:{agency.pk}", at=clock.now(), **facts)
    return fresh


@transaction.atomic
def add_unit(*, by: Actor, agency: str, code: str, name: str, is_desk: bool | None = None) -> bool:
    """Thêm phòng, bộ phận, or correct it; True when it was not there before."""
    said = _typed(name=name)
    house = Agency.objects.filter(code=agency).first()
    faults = [] if house else [_none("agency", agency)]
    if not UNIT_CODE.fullmatch(code):
        faults.append(Reason("unit_code", f"Mã phòng {code!r} chỉ gồm chữ hoa, số, gạch.", "code"))
    refuse_if([*faults, *_unnamed(name), *_too_long(Unit, said)])
    desk = {} if is_desk is None else {"is_desk": is_desk}
    unit, fresh = Unit.objects.update_or_create(agency=house, code=code, defaults={**said, **desk})
    deed = "unit.add" if fresh else "unit.change"
    record(by, deed, f"unit:{unit.pk}", at=clock.now(), agency=agency, code=code, **said, **desk)
    return fresh


@transaction.atomic
def add_post(*, by: Actor, new: NewPost) -> tuple[bool, str]:
    """Thêm vị trí, or correct it or open it again: whether it is new, a new account's password."""
    unit = Unit.objects.filter(agency__code=new.agency, code=new.unit).first()
    faults = [] if unit else [_none("unit", f"{new.agency} {new.unit}")]
    if new.role not in POST_ROLES:
        faults.append(
            Reason("role", f"Vai {new.role!r} không có. Có: {', '.join(POST_ROLES)}.", "role")
        )
    if not USERNAME.fullmatch(new.username):
        text = f"Tên đăng nhập {new.username!r} chỉ gồm chữ thường không dấu, số và . _ @ + -, có ít nhất một chữ."
        faults.append(Reason("username", text, "username"))
    faults += keeper_faults(by, new.role)
    said = _typed(holder_name=new.name, title=new.title, phone=new.phone)
    address = _too_long(Agency, _typed(email=new.email))  # as long as an account's may be
    refuse_if([*faults, *_unnamed(new.name), *_too_long(Post, said), *address])
    assert unit is not None
    account, password = open_account(by=by, username=new.username, name=new.name, email=new.email)
    post, fresh = Post.objects.update_or_create(
        account_id=account, unit=unit, role=new.role,
        defaults={**said, "agency_id": unit.agency_id, "is_active": True},
    )  # fmt: skip
    end_sessions([account])  # what a session knows of its account's rights is from its beginning
    _note_post(by, "post.add" if fresh else "post.change", post)
    return fresh, password


@transaction.atomic
def close_post(*, by: Actor, username: str, agency: str, unit: str, role: str) -> bool:
    """Đóng vị trí: nobody acts in it any more, and who held it as what stays; False when it was."""
    post = Post.objects.select_for_update(of=("self",)).filter(
        account__username=username, unit__agency__code=agency, unit__code=unit, role=role
    ).first()  # fmt: skip
    if post is None:
        raise Refused([_none("post", f"{username}, {role} ở {agency} {unit}")])
    if not post.is_active:
        return False
    post.is_active = False
    post.save(update_fields=["is_active"])
    end_sessions([post.account_id])  # the right is gone with the next request anyway (S-04)
    _note_post(by, "post.close", post)
    return True


def _note_post(by: Actor, deed: str, post: Post) -> None:
    account = f"account:{post.account_id}"
    facts = {"account": account, "unit": post.unit_id, "post_role": str(post.role)}
    record(by, deed, f"post:{post.pk}", at=clock.now(), **facts)


def _typed(**values: str | None) -> dict[str, str]:
    """What was entered; what was not stays as it is."""
    return {name: clean(value) for name, value in values.items() if value is not None}


def _agency_faults(new: NewAgency, parent: Agency | None) -> Iterator[Reason]:
    if not rules.is_agency_code(new.code):
        text = f"Mã định danh {new.code!r} chưa đúng dạng, ví dụ H99.31.105."
        yield Reason("agency_code", text, "code")
    if new.kind not in KINDS:
        yield Reason("kind", f"Loại {new.kind!r} không có. Có: {', '.join(KINDS)}.", "kind")
    if new.parent and parent is None:
        yield _none("agency", new.parent)
    yield from _old_code_faults(new)
    if new.parent == new.code:
        yield Reason("parent", "Cơ quan không thể là cấp trên của chính mình.", "parent")
    for kind, code in (("province", new.province_code), ("commune", new.commune_code)):
        if code and not Place.objects.filter(kind=kind, code=code).exists():
            yield _none(kind, code)
    yield from _unnamed(new.name)


def _old_code_faults(new: NewAgency) -> Iterator[Reason]:
    old = clean(new.old_code or "")
    if not old:
        return
    if not rules.is_old_code(old):
        text = f"Mã cũ {old!r} chưa đúng dạng, ví dụ 000.00.06.H56."
        yield Reason("old_code", text, "old_code")
    elif other := Agency.objects.exclude(code=new.code).filter(old_code=old).first():
        yield _taken(old, other.name)  # the codes of their dossiers would be the same


def _taken(old_code: str, owner: str) -> Reason:
    return Reason("old_code", f"Mã cũ {old_code} là của {owner}.", "old_code")


def _unnamed(name: str) -> Iterable[Reason]:
    return [] if clean(name) else [Reason("name", "Chưa có tên.", "name")]


def _too_long(model: type[Model], said: Mapping[str, str]) -> Iterator[Reason]:
    for name, value in said.items():
        most = getattr(model._meta.get_field(name), "max_length", None)
        if most and len(value) > most:
            yield Reason("too_long", f"“{value[:20]}…” dài quá {most} ký tự.", name)


def _none(what: str, code: str) -> Reason:
    return Reason(f"no_{what}", f"Không có {NAMES[what]} {code}.", what)


NAMES = {
    "agency": "cơ quan", "unit": "phòng", "post": "vị trí", "province": "tỉnh", "commune": "xã",
}  # fmt: skip
