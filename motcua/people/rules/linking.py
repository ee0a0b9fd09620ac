"""Whose account it is when somebody signs in from outside; a machine never merges two persons."""

from collections.abc import Sequence

from motcua.core.text import fold
from motcua.people.parties import Identity, Known, Link, LinkKind, PartyKind


def link(identity: Identity, holder: Known | None, matches: Sequence[Known]) -> Link:
    """What becomes of a sign-in: the account of this TechID, of this number, a new one, or a conflict.

    `holder` already has the TechID; `matches` have one of the identity's numbers, the account by
    the first of its numbers coming first. A conflict names the one it could be joined to.

    Law: ACC-01, ACC-02, ACC-06
    """
    if holder is not None:
        other = next((m for m in matches if m.number == identity.number), None)
        if other is not None and other.person_id != holder.person_id:
            return Link(LinkKind.CONFLICT, other.person_id, "tech_id_of_another")
        if identity.numbers and holder.number not in identity.numbers:
            return Link(LinkKind.CONFLICT, None, "tech_id_of_another")
        return _if_active(holder, LinkKind.KNOWN)
    if not identity.numbers:
        return Link(LinkKind.REFUSED, why="no_number")
    if not matches:
        return Link(LinkKind.NEW)
    if len({each.person_id for each in matches}) > 1:
        return Link(LinkKind.CONFLICT, matches[0].person_id, "numbers_of_two")
    return _attached(identity, matches[0])


def _attached(identity: Identity, one: Known) -> Link:
    if one.tech_id:
        return Link(LinkKind.CONFLICT, one.person_id, "number_has_tech_id")
    if one.kind is not identity.kind:
        return Link(LinkKind.CONFLICT, one.person_id, "another_kind")
    # Houses are renamed under the same tax code; a person of another name is another person.
    if one.kind is PartyKind.PERSON and fold(one.name) != fold(identity.name):
        return Link(LinkKind.CONFLICT, one.person_id, "another_name")
    return _if_active(one, LinkKind.ATTACH)


def _if_active(one: Known, kind: LinkKind) -> Link:
    if not one.is_active:
        return Link(LinkKind.REFUSED, one.person_id, "account_inactive")
    return Link(kind, one.person_id)


WHY = {
    "tech_id_of_another": "TechID này đã nối với một người có số định danh khác.",
    "numbers_of_two": "Các số gửi sang thuộc về hai người khác nhau.",
    "number_has_tech_id": "Số định danh này đã nối với một TechID khác.",
    "another_kind": "Số này đang là của một tài khoản khác loại.",
    "another_name": "Số định danh này đã có trong hệ thống với họ tên khác.",
    "username_taken": "Đã có một tài khoản không rõ của ai mang số này làm tên đăng nhập.",
}


def level_too_low(level: int, least: int) -> bool:
    """Whether somebody who proved who they are at `level` must prove it more surely.

    Law: ACC-04
    """
    return level < least


def may_use_password(*, is_official: bool, is_citizen: bool, allowed: bool) -> bool:
    """Whether a local password opens this account: an official's always, a citizen's where allowed.

    Law: ACC-03
    """
    return is_official or not is_citizen or allowed
