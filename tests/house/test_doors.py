"""Every address of the house × everyone who knocks × own, foreign and absent things.

Whoever may not see a thing is told exactly what they would be told if there were no such thing:
the same status, the same bytes, the same headers, as many questions to the database, and nothing
is changed. The table says for each address who may pass; an address that is not in it fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse

from motcua.testing.cast import PASSWORD
from tests.house.beside import called
from tests.house.doors import (
    CITIZENS,
    EVERYBODY,
    OFFICIALS,
    PARTS,
    SYSTEMS,
    Answer,
    Stage,
    a_letter,
    every_door,
    knock,
    photograph,
    stage_set,
)
from tests.house.typed import (
    Typed,
    a_code,
    a_consultation,
    a_correction,
    a_delivery,
    a_filing,
    a_new_date,
    a_new_password,
    a_page,
    a_register_asked,
    a_turning_back,
    an_agreement,
    going_on,
    handing_over,
    nothing,
    ticked,
)

pytestmark = pytest.mark.django_db
ALL = " ".join(EVERYBODY)
STAFF = " ".join(OFFICIALS)
SIGNED = " ".join((*CITIZENS, *OFFICIALS))
PEOPLE = " ".join(CITIZENS)
DESKS = "hung sau"
KEEPERS = "quan nga"
PARTNERS = " ".join(SYSTEMS)
WHOLE = "hung hoa mai binh yen"  # who sees a dossier of the ward that Mai has worked on
TOP = "hung binh yen"  # who sees one that only the desk has seen


@dataclass(frozen=True)
class Door:
    """Who may read, who may write; who sees the thing but is told that this is not their step."""

    read: str = ""
    write: str = ""
    told_no: str = ""
    sees: str = ""  # who sees the thing too, but has no such button: told that there is none
    at: str = ""  # behind the door: draft, sent, asked, ready; brought to the desk, wired
    typed: Typed = nothing


# fmt: off
DOORS: dict[str, Door] = {
    # the portal, open to all
    "portal:home":          Door(ALL),
    "portal:search":        Door(ALL),
    "portal:procedure":     Door(ALL),
    "portal:posting_sheet": Door(ALL),
    "portal:posting_sheets": Door(ALL),
    "portal:sample":        Door(ALL),
    "portal:blank_form":    Door(ALL),
    "portal:site_map":      Door(ALL),
    "portal:questions":     Door(ALL),
    "portal:robots":        Door(ALL),
    "portal:sitemap":       Door(ALL),
    "portal:places":        Door(ALL),
    "portal:track":         Door(ALL),
    "portal:statistics":    Door(ALL),
    "portal:agency_statistics": Door(ALL),
    "portal:verify":        Door(ALL, at="ready"),  # who holds the paper holds its seal
    # the citizens' own
    "portal:start":         Door(PEOPLE, PEOPLE, typed=lambda s: {"agency": s.cast.ward.code}),
    "portal:my_dossiers":   Door(PEOPLE),
    "portal:inbox":         Door(PEOPLE),
    "portal:inbox_read_all": Door("", PEOPLE),
    "portal:inbox_message": Door("lan"),
    "portal:ways":          Door(PEOPLE, PEOPLE, typed=lambda s: {"quiet_from": "21", "quiet_to": "6"}),
    # Lan's dossier: hers alone, whatever stage it has reached
    "portal:dossier":       Door("lan", at="ready"),
    "portal:tasks":         Door("lan", at="draft"),
    "portal:page":          Door("lan", "lan", at="draft", typed=a_page),
    "portal:autosave":      Door("", "lan", at="draft", typed=a_page),
    "portal:papers":        Door("lan", "lan", at="draft", typed=lambda s: {"files": "FILE"}),
    "portal:paper":         Door("lan", at="draft"),
    "portal:thumbnail":     Door("lan", at="draft"),
    "portal:remove_paper":  Door("", "lan", at="draft"),
    "portal:case":          Door("lan", told_no="lan", at="draft"),
    "portal:delivery":      Door("lan", "lan", at="draft", typed=lambda s: {"delivery": "post"}),
    "portal:check":         Door("lan", at="draft"),
    "portal:print":         Door("lan", at="draft"),
    "portal:submit":        Door("", "lan", at="draft", typed=lambda s: {"declaration": "yes"}),
    "portal:done":          Door("lan", at="sent"),
    "portal:supplement":    Door("lan", told_no="lan", at="asked"),  # nothing new to send yet
    "portal:discard":       Door("", "lan", at="draft"),
    "portal:withdraw":      Door("lan", "lan", at="sent"),
    "portal:due":           Door("lan", at="ready"),
    "portal:result":        Door("lan", "lan", at="ready"),
    "portal:slip":          Door("lan", at="ready"),
    # the desk
    "desk:home":            Door("hung hoa mai tam binh yen sau tu"),
    "desk:posts":           Door(STAFF),  # what is typed names nobody's post
    "desk:list":            Door(STAFF),
    "desk:search":          Door(STAFF),
    "desk:statistics":      Door(STAFF),
    "desk:registers":       Door(f"{DESKS} binh", f"{DESKS} binh", typed=a_register_asked),
    "desk:register-file":   Door("hung"),
    "desk:inbox":           Door(STAFF),
    "desk:inbox_read_all":  Door("", STAFF),
    "desk:inbox_message":   Door("hung"),
    "desk:bulk":            Door("", DESKS, typed=ticked),
    "desk:counter":         Door(DESKS),
    "desk:counter-file":    Door(DESKS, told_no=DESKS, typed=lambda s: {"send": "1"}),
    "desk:supplement":      Door("hung", told_no="hung", at="brought", typed=lambda s: {"send": "1"}),
    "desk:transfers":       Door(f"{DESKS} hoa"),
    "desk:transfer-make":   Door("", "hung", told_no="sau", typed=handing_over),  # hung's unit, not sau's
    "desk:transfer":        Door("hung hoa", "hung hoa", at="handed", typed=a_turning_back),
    "desk:transfer-paper":  Door("hung hoa", at="handed"),
    "desk:dossier":         Door(WHOLE, at="ready"),
    # what officials ask each other about a dossier
    "desk:ask":             Door(WHOLE, WHOLE, at="examined", typed=a_code),
    "desk:decide":          Door(WHOLE, "binh", sees="hung hoa mai yen", at="examined", typed=lambda s: {"do": "grant"}),
    "desk:letter":          Door("binh", "binh", at="examined", typed=a_new_date),
    "desk:consult":         Door("mai", "mai", at="examined", typed=a_consultation),
    "desk:urging-answer":   Door("", "mai hoa", sees="hung binh yen", at="examined", typed=lambda s: {"answer": "Mai xong."}),
    "desk:aside-file":      Door(WHOLE, at="examined"),
    "desk:corrections":     Door(WHOLE, "mai", told_no="hung hoa binh yen", at="examined", typed=a_correction),
    "desk:difference":      Door(WHOLE, "hung", told_no="hoa mai binh yen", at="back", typed=going_on),
    "desk:second-asking":   Door("", "binh", sees="hung hoa mai yen", at="twice", typed=lambda s: {"cho-phep": "1"}),
    "desk:step":            Door("", "hung", told_no="hoa mai binh yen", at="ready", typed=a_delivery),
    "desk:due":             Door(WHOLE, at="ready"),
    "desk:journal":         Door(WHOLE, at="ready"),
    "desk:slip":            Door(WHOLE, at="ready"),
    "desk:control-sheet":   Door(WHOLE, at="ready"),
    "desk:result":          Door(WHOLE, at="ready"),
    "desk:paper-original":  Door(TOP, at="sent"),
    "desk:paper-image":     Door(TOP, at="sent"),
    "backoffice:home":      Door(KEEPERS, KEEPERS),
    "backoffice:letters":   Door(KEEPERS, KEEPERS, typed=lambda s: {"letter": a_letter(), "do": "again"}),
    "backoffice:templates": Door(KEEPERS),
    "backoffice:template":  Door(KEEPERS, KEEPERS, typed=lambda s: {"subject": "Hồ sơ {{reference}}", "body": "Đã nhận hồ sơ {{reference}} lúc {{at}}.", "seen": "1", "do": "save"}),
    "backoffice:forms":     Door(KEEPERS),
    "backoffice:form":      Door(KEEPERS, told_no=KEEPERS, typed=lambda s: {"do": "send", "html": "x"}),
    "backoffice:form_version": Door(KEEPERS, "nga", told_no="quan", typed=lambda s: {"do": "approve"}),
    "backoffice:calendars": Door(KEEPERS),
    "backoffice:calendar":  Door(KEEPERS, KEEPERS),
    "backoffice:calendar_draft": Door(KEEPERS, "nga", told_no="quan", typed=an_agreement),  # Quân drafted it
    "backoffice:edition":   Door(KEEPERS, told_no=KEEPERS, typed=lambda s: {"reason": "Nghỉ bão"}),
    "backoffice:recount":   Door(KEEPERS, "nga", told_no="quan", typed=lambda s: {"do": "approve"}),
    "backoffice:profiles":  Door(KEEPERS),
    "backoffice:profile":   Door(KEEPERS, "nga", told_no="quan", typed=lambda s: {"do": "approve"}),
    "backoffice:profile_draft": Door(KEEPERS, told_no=KEEPERS, typed=lambda s: {"name": "x"}),
    # partners; reading asks nobody who they are
    "api:openapi-json":     Door(ALL, ALL),
    "api:api-root":         Door(""),
    "api:list_procedures":  Door(ALL),
    "api:read_procedure":   Door(ALL),
    "api:read_form":        Door(ALL),
    "api:file_dossier":     Door("", PARTNERS, typed=a_filing),
    "api:read_own_dossier": Door("partner", at="wired"),
    "api:supplement_dossier": Door("", told_no="partner", at="wired", typed=lambda s: {"supplement": "{}"}),
    "api:withdraw_dossier": Door("", "partner", at="wired"),
    "api:track_dossier":    Door(""),  # a temporary number tells nobody anything
    "api/":                 Door(""),
    # sign-in, and what machines ask
    "account_login":        Door(ALL, ALL, typed=lambda s: {"login": "hung", "password": PASSWORD}),
    "account_logout":       Door(ALL, ALL),
    "account_inactive":     Door(ALL),
    "account_change_password": Door(SIGNED, SIGNED, typed=a_new_password),
    "account_signup":       Door(ALL, ALL, typed=lambda s: {"username": "ai-do", **dict.fromkeys(("password1", "password2"), "mat-khau-rat-dai")}),
    "set_language":         Door(ALL, ALL),
    "csp_report":           Door("", told_no=ALL),
    "healthz":              Door(ALL),
    "readyz":               Door(ALL),
}
# fmt: on


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    with django_db_blocker.unblock(), stage_set() as stage:
        yield stage


@pytest.fixture(scope="module")
def before(stage: Stage) -> dict[str, str]:
    return photograph()


def test_every_address_says_who_may_pass() -> None:
    unknown = sorted(set(every_door()) - set(DOORS))
    gone = sorted(set(DOORS) - set(every_door()))

    assert unknown == [], (
        f"{unknown}: a new address. Add a line to DOORS in this file that says who may read it, "
        "who may write to it, and which of Lan's dossiers stands behind it."
    )
    assert gone == [], f"{gone}: no longer an address; take the line out of DOORS."


def address_of(name: str, places: dict[str, Any]) -> str:
    route, keys = every_door()[name]
    if name == route == "api/":  # the rest of the API has no name
        return "/api/khong-co"
    return reverse(name, kwargs={key: places[its] for key, its in called(name, keys).items()})


def knockers(name: str) -> tuple[str, ...]:
    """Away from the API the second partner is as much a stranger as the first."""
    return EVERYBODY if name.startswith("api") else EVERYBODY[:-1]


def stands_outside(answer: Answer) -> bool:
    """Asked to sign in, told that nothing is there, or that nobody does this here."""
    sign_in = answer.where.startswith("/tai-khoan/dang-nhap/")
    return answer.status in (401, 404, 405) or (answer.status == 302 and sign_in)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", DOORS)
def test_a_door_opens_to_those_in_the_table_and_to_nobody_else(
    stage: Stage, before: dict[str, str], name: str, method: str
) -> None:
    door, here = DOORS[name], stage.place(DOORS[name].at)
    let_in = (door.read if method == "get" else door.write).split()
    told_no = door.told_no.split() if method == "post" else []
    sees = door.sees.split() if method == "post" else []
    there, nowhere = address_of(name, here), address_of(name, here | stage.absent())
    watched = before if method == "post" else None

    for who in knockers(name):
        found = knock(stage.clients[who], method, there, door.typed(stage), watched)
        seen = f"{who}: {method} {there} → {found.status} {found.where} {found.traces}"
        if who in let_in:
            assert found.status < 400, seen
        elif who in told_no:
            assert found.status in (400, 422), seen
        elif who in sees:  # what they read on the way stands in the journal
            assert found.status == 404, seen
            assert {*found.traces} <= {"audit_entry", "audit_head"}, (
                f"{seen}: left something behind"
            )
        else:
            assert stands_outside(found), seen
            assert found.traces == (), f"{seen}: this left something behind"
        if there == nowhere:
            continue
        absent = knock(stage.clients[who], method, nowhere, door.typed(stage), watched)
        if who in [*let_in, *told_no, *sees]:
            assert absent.status == 404, f"{who}: {method} {nowhere} → {absent.status}"
        else:
            assert found.about(there) == absent.about(nowhere), f"{seen}: tells more than {absent}"


@pytest.mark.parametrize(
    "name",
    [n for n, (_, keys) in every_door().items() if PARTS & {*called(n, keys).values()}],
)
def test_a_part_of_anothers_dossier_is_not_there_under_ones_own_number(
    stage: Stage, name: str
) -> None:
    door, here = DOORS[name], stage.place(DOORS[name].at)
    method = "get" if door.read else "post"

    for who in (door.read or door.write).split():
        foreign, absent = (
            knock(stage.clients[who], method, address_of(name, here | parts), {})
            for parts in (stage.foreign(), stage.no_part())
        )
        assert (foreign.status, foreign) == (404, absent), f"{who}: {method} {name}"
