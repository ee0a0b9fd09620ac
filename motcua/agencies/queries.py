"""Reading about agencies, units, posts and places."""

from collections.abc import Collection, Sequence
from time import monotonic

from django.db.models import Q

from motcua.agencies.models import Agency, Place, Post, Unit
from motcua.agencies.rules import OLD_IDENTIFIER
from motcua.agencies.types import AgencyFacts, PostFacts, SeatFacts, UnitFacts
from motcua.core.actors import Role
from motcua.core.errors import NotFound, Reason, Refused

COMMUNE_LEVEL = "Cấp xã"


def _facts(agency: Agency) -> AgencyFacts:
    return AgencyFacts(
        agency.pk,
        agency.code,
        agency.name,
        agency.kind,
        agency.address,
        agency.phone,
        agency.email,
        agency.parent.name if agency.parent else "",
    )


def agency_facts(agency_id: int) -> AgencyFacts:
    """The facts of one agency; `NotFound` when there is none."""
    agency = Agency.objects.select_related("parent").filter(pk=agency_id).first()
    if agency is None:
        raise NotFound
    return _facts(agency)


def agency_by_code(code: str) -> AgencyFacts:
    """The agency with this identifier; `NotFound` when there is none."""
    agency = Agency.objects.select_related("parent").filter(code=code).first()
    if agency is None:
        raise NotFound
    return _facts(agency)


def whose_hours(code: str) -> tuple[int, int | None]:
    """The agency and unit named by “H99.31/MC”, by an agency's code, or by a unit's code alone.

    `NotFound` when no agency or unit has that code; `Refused` when several units do.
    """
    agency_code, _, unit_code = code.rpartition("/")
    if not agency_code and (agency := Agency.objects.filter(code=code).first()):
        return agency.pk, None
    units = Unit.objects.filter(code=unit_code).select_related("agency").order_by("agency__code")
    found = list(units.filter(agency__code=agency_code) if agency_code else units)
    if not found:
        raise NotFound
    if len(found) > 1:
        named = ", ".join(f"{unit.agency.code}/{unit.code}" for unit in found[:5])
        more = ", …" if len(found) > 5 else ""
        text = f"Có {len(found)} đơn vị cùng mã {code}. Viết rõ cả cơ quan: {named}{more}."
        raise Refused([Reason("unit_ambiguous", text, "unit")])
    return found[0].agency_id, found[0].pk


def receiving_agencies(levels: Sequence[str]) -> list[AgencyFacts]:
    """Where a dossier of a procedure of these levels can be filed: communes, or the centre."""
    commune = any(level.casefold() == COMMUNE_LEVEL.casefold() for level in levels)
    kinds = ["commune"] if commune else ["centre"]
    if commune and len(levels) > 1:
        kinds.append("centre")
    rows = Agency.objects.filter(kind__in=kinds).select_related("parent").order_by("code")
    return [_facts(agency) for agency in rows]


def without_old_code() -> list[AgencyFacts]:
    """The agencies with a desk that have no older code to begin a dossier's code with (ORG-05)."""
    rows = Agency.objects.filter(units__is_desk=True).exclude(old_code__regex=f"^{OLD_IDENTIFIER}$")
    return [_facts(agency) for agency in rows.select_related("parent").distinct().order_by("code")]


def units_of(agency_id: int) -> list[UnitFacts]:
    """The units of an agency, the desk first."""
    rows = Unit.objects.filter(agency_id=agency_id).order_by("-is_desk", "code")
    return [UnitFacts(u.pk, u.code, u.name, u.is_desk) for u in rows]


def names_of_all() -> dict[str, str]:
    """Every agency ("agency:<id>") and unit ("unit:<id>"), each agency followed by its units."""
    units: dict[int, list[Unit]] = {}
    for unit in Unit.objects.order_by("-is_desk", "code"):
        units.setdefault(unit.agency_id, []).append(unit)
    names = {}
    for pk, name in Agency.objects.order_by("code").values_list("pk", "name"):
        names[f"agency:{pk}"] = name
        names |= {f"unit:{unit.pk}": f"{unit.name}, {name}" for unit in units.get(pk, ())}
    return names


def headed_units(agency_id: int) -> list[UnitFacts]:
    """The units that can be given work: not a desk, and with a head in office who hands it out."""
    headed = Post.objects.filter(role=Role.UNIT_HEAD, is_active=True).values("unit_id")
    rows = Unit.objects.filter(agency_id=agency_id, is_desk=False, pk__in=headed).order_by("code")
    return [UnitFacts(u.pk, u.code, u.name, u.is_desk) for u in rows]


def askable_units(agency_id: int) -> dict[int, str]:
    """Units with a head whose opinion an agency may ask: its own, then those above the communes."""
    headed = Post.objects.filter(role=Role.UNIT_HEAD, is_active=True).values("unit_id")
    near = Q(agency_id=agency_id) | ~Q(agency__kind="commune")
    rows = Unit.objects.filter(near, is_desk=False, pk__in=headed).select_related("agency")
    own = sorted(rows, key=lambda u: (u.agency_id != agency_id, u.agency.code, u.code))
    return {u.pk: u.name if u.agency_id == agency_id else f"{u.name}, {u.agency.name}" for u in own}


def linked_units(agency_id: int) -> dict[int, str]:
    """Units with which an agency can settle something together, its own first.

    Of its own level those with a head; of another level the desks, which take in for their agency.
    """
    held = Post.objects.filter(is_active=True)
    headed = held.filter(role=Role.UNIT_HEAD).values("unit_id")
    staffed = held.filter(role=Role.DESK_OFFICER).values("unit_id")
    kind = Agency.objects.filter(pk=agency_id).values_list("kind", flat=True).first()
    near = Q(agency__kind="commune") if kind == "commune" else ~Q(agency__kind="commune")
    found = near & Q(is_desk=False, pk__in=headed) | ~near & Q(is_desk=True, pk__in=staffed)
    rows = Unit.objects.filter(found).select_related("agency")
    own = sorted(rows, key=lambda u: (u.agency_id != agency_id, u.agency.code, u.code))
    return {u.pk: u.name if u.agency_id == agency_id else f"{u.name}, {u.agency.name}" for u in own}


def unit_names(unit_ids: Collection[int], agency_id: int) -> dict[int, str]:
    """What units are called in an agency: those of another one with its name."""
    rows = Unit.objects.filter(pk__in=unit_ids).select_related("agency")
    return {
        u.pk: u.name if u.agency_id == agency_id else f"{u.name}, {u.agency.name}" for u in rows
    }


def whose_unit(unit_id: int) -> int:
    """The agency that a unit belongs to; `NotFound` when there is no such unit."""
    found = Unit.objects.filter(pk=unit_id).values_list("agency_id", flat=True).first()
    if found is None:
        raise NotFound
    return found


def head_posts(unit_ids: Collection[int]) -> dict[int, list[int]]:
    """The active heads of each of these units."""
    found: dict[int, list[int]] = {}
    rows = Post.objects.filter(unit_id__in=unit_ids, role=Role.UNIT_HEAD, is_active=True)
    for pk, unit_id in rows.order_by("id").values_list("pk", "unit_id"):
        found.setdefault(unit_id, []).append(pk)
    return found


def staffed_desks() -> dict[int, int]:
    """The agencies whose desk has an officer, each with that desk."""
    staffed = Post.objects.filter(is_active=True, role=Role.DESK_OFFICER).values("unit_id")
    rows = Unit.objects.filter(is_desk=True, pk__in=staffed).order_by("-code")
    return dict(rows.values_list("agency_id", "pk"))


def desks_beside(unit_id: int) -> set[int]:
    """The desks of the agency whose desk this is: what comes to one, an officer of each takes in."""
    here = Unit.objects.filter(pk=unit_id, is_desk=True).values("agency_id")
    desks = Unit.objects.filter(is_desk=True, agency_id__in=here)
    return {unit_id, *desks.values_list("pk", flat=True)}


def receiving_posts(unit_ids: Collection[int]) -> dict[int, list[int]]:
    """Who takes in what comes to each of these units: its heads, at a desk its officers too.

    Where there is nobody of these, the case officers of the unit.
    """
    found: dict[int, list[int]] = {}
    others: dict[int, list[int]] = {}
    takes = Q(role__in=(Role.UNIT_HEAD, Role.CASE_OFFICER))
    takes |= Q(role=Role.DESK_OFFICER, unit__is_desk=True)
    rows = Post.objects.filter(takes, unit_id__in=unit_ids, is_active=True)
    for pk, unit_id, role in rows.order_by("id").values_list("pk", "unit_id", "role"):
        those = others if role == Role.CASE_OFFICER else found
        those.setdefault(unit_id, []).append(pk)
    return others | found


def hold_post(post_id: int) -> None:
    """Lock a post until the transaction ends: what its holder does twice at once is done in turn."""
    list(Post.objects.select_for_update(no_key=True).filter(pk=post_id).values_list("pk"))


def is_official(account_id: int) -> bool:
    """Whether this account holds a post now."""
    return Post.objects.filter(account_id=account_id, is_active=True).exists()


def posts_of_account(account_id: int) -> list[int]:
    """Every post that one person has or had, whatever its role."""
    return list(Post.objects.filter(account_id=account_id).values_list("pk", flat=True))


def case_posts(unit_id: int) -> list[PostFacts]:
    """The active case officers of a unit."""
    rows = Post.objects.filter(unit_id=unit_id, role=Role.CASE_OFFICER, is_active=True)
    return [
        PostFacts(p.pk, p.holder_name, p.title, p.unit.name, Role(p.role))
        for p in rows.select_related("unit").order_by("holder_name")
    ]


def acting_posts(agency_ids: Collection[int], roles: Collection[Role]) -> list[SeatFacts]:
    """The active posts of these agencies in these roles, in the order in which they were made."""
    rows = Post.objects.filter(agency_id__in=agency_ids, role__in=roles, is_active=True)
    return [
        SeatFacts(p.pk, p.agency_id, Role(p.role), p.unit.is_desk, p.unit_id)
        for p in rows.select_related("unit").order_by("id")
    ]


def in_place_of(post_id: int) -> list[int]:
    """Whoever an answer to this post is for: itself, or once it is closed who answers for its work.

    That is who has the same role in its unit now, the head where it was a case officer's; where
    there is nobody, the approvers of its agency.
    """
    post = Post.objects.filter(pk=post_id).first()
    if post is None or post.is_active:
        return [post_id]
    role = Role.UNIT_HEAD if post.role == Role.CASE_OFFICER else post.role
    rows = Post.objects.filter(agency_id=post.agency_id, is_active=True).order_by("id")
    ids = rows.values_list("pk", flat=True)
    return list(ids.filter(unit_id=post.unit_id, role=role)) or list(ids.filter(role=Role.APPROVER))


def keeper_posts() -> list[int]:
    """Every active post of those who keep the house, whatever their agency."""
    rows = Post.objects.filter(role=Role.KEEPER, is_active=True)
    return list(rows.order_by("id").values_list("pk", flat=True))


def keepers_besides(person: str) -> list[int]:
    """The active posts of keepers who are somebody else than this human (“account:7”)."""
    others = Post.objects.filter(role=Role.KEEPER, is_active=True).order_by("id")
    found = others.values_list("pk", "account_id")
    return [pk for pk, account_id in found if f"account:{account_id}" != person]


def seatless(role: Role) -> list[int]:
    """The agencies in which nobody in office holds this role."""
    held = Post.objects.filter(role=role, is_active=True).values("agency_id")
    return list(Agency.objects.exclude(pk__in=held).order_by("pk").values_list("pk", flat=True))


def post_contact(post_id: int) -> tuple[str, str]:
    """Name and e-mail address of whoever holds a post; `NotFound` when there is none."""
    post = Post.objects.select_related("account").filter(pk=post_id).first()
    if post is None:
        raise NotFound
    return post.holder_name, post.account.email


def provinces() -> list[tuple[str, str]]:
    """Code and name of every province in force, in dictionary order."""
    return _remembered("province", "")


def communes(province_code: str) -> list[tuple[str, str]]:
    """Code and name of every commune of a province in force, in dictionary order."""
    return _remembered("commune", province_code)


# Places change a few times in ten years and are asked for by every address on every form.
_FRESH = 60.0  # seconds until a change is seen by a process that runs already
_known: dict[tuple[str, str], tuple[float, list[tuple[str, str]]]] = {}


def _remembered(kind: str, parent_code: str) -> list[tuple[str, str]]:
    """The places of a kind within their parent, read again once they are no longer fresh."""
    until, found = _known.get((kind, parent_code), (0.0, []))
    if monotonic() > until:
        rows = Place.objects.filter(kind=kind, parent_code=parent_code, valid_to=None)
        found = list(rows.order_by("order_key").values_list("code", "full_name"))
        if found:  # an answer about no such province would let strangers fill the memory
            _known[kind, parent_code] = (monotonic() + _FRESH, found)
    return list(found)


def place_name(commune_code: str) -> str:
    """The commune with its province, because 245 names repeat: “Phường X, Tỉnh Y”."""
    commune = Place.objects.filter(kind="commune", code=commune_code).order_by("valid_from").last()
    if commune is None:
        return ""
    province = Place.objects.filter(kind="province", code=commune.parent_code).last()
    return f"{commune.full_name}, {province.full_name}" if province else commune.full_name
