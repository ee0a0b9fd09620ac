"""The table of doors: for each address of the house who may read it, and who may write to it."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.testing.cast import PASSWORD
from tests.house.doors import (
    CITIZENS,
    EVERYBODY,
    OFFICIALS,
    SYSTEMS,
    a_letter,
)
from tests.house.typed import (
    Typed,
    a_code,
    a_consultation,
    a_correction,
    a_delivery,
    a_filing,
    a_mandate,
    a_new_date,
    a_new_password,
    a_page,
    a_passing,
    a_register_asked,
    a_shared_plan,
    a_turning_back,
    an_agreement,
    an_urging,
    going_on,
    handing_over,
    keeping_apart,
    nothing,
    ticked,
)

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
    "portal:check_result":  Door(ALL),
    "portal:statistics":    Door(ALL),
    "portal:agency_statistics": Door(ALL),
    "portal:log":           Door(ALL),
    "portal:log_checkpoint": Door(ALL),
    "portal:log_tile":      Door(ALL),
    "portal:log_verifier":  Door(ALL),
    "portal:verify":        Door(ALL, at="ready"),  # who holds the paper holds its seal
    # the citizens' own
    "portal:start":         Door(PEOPLE, PEOPLE, typed=lambda s: {"agency": s.cast.ward.code}),
    "portal:my_dossiers":   Door(PEOPLE),
    "portal:inbox":         Door(PEOPLE),
    "portal:inbox_read_all": Door("", PEOPLE),
    "portal:inbox_message": Door("lan"),
    "portal:ways":          Door(PEOPLE, PEOPLE, typed=lambda s: {"quiet_from": "21", "quiet_to": "6"}),
    # who acts for whom: the mandate is Lan's; nobody here has an organisation's account
    "portal:mandates":      Door(PEOPLE),
    "portal:mandate_make":  Door(PEOPLE, PEOPLE, typed=a_mandate),
    "portal:mandate_end":   Door("", "lan"),
    "portal:mandate_document": Door("lan"),
    "portal:members":       Door(),
    "portal:member_end":    Door(),
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
    "portal:readers":       Door("lan", at="ready"),
    "portal:result":        Door("lan", "lan", at="ready"),
    "portal:earlier_result": Door("lan", at="corrected"),
    "portal:proof":         Door("lan", at="ready"),
    "portal:slip":          Door("lan", at="ready"),
    # the desk
    "desk:home":            Door("hung hoa mai tam binh yen sau tu"),
    "desk:posts":           Door(STAFF),  # what is typed names nobody's post
    "desk:list":            Door(STAFF),
    "desk:search":          Door(STAFF),
    "desk:statistics":      Door(STAFF),
    "desk:alarms":          Door("hoa binh"),
    "desk:readings":        Door("hoa binh"),
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
    "desk:transfer-minutes": Door("hung hoa", at="handed"),
    "desk:urgings":         Door("hoa binh"),
    "desk:urging-make":     Door("binh", "binh", typed=an_urging),
    "desk:urging":          Door("hoa binh", "hoa", sees="binh", typed=lambda s: {"answer": "Mai xong."}),
    "desk:urging-paper":    Door("hoa binh"),
    "desk:results":         Door(f"{DESKS} yen"),
    "desk:results-paper":  Door("hung yen", at="ready"),
    "desk:dossier":         Door(WHOLE, at="ready"),
    "desk:why":             Door("", WHOLE, at="examined", typed=lambda s: {"reading_why": "leading"}),
    # what officials ask each other about a dossier
    "desk:ask":             Door(WHOLE, WHOLE, at="examined", typed=a_code),
    "desk:decide":          Door(WHOLE, "binh", sees="hung hoa mai yen", at="examined", typed=lambda s: {"do": "grant"}),
    "desk:letter-posted":   Door("", "hung", at="examined"),
    "desk:explain":         Door("hoa mai", "hoa mai", at="soon", typed=lambda s: {"cause": "workload", "text": "Mai giải trình."}),
    "desk:call":            Door("hung mai", "hung mai", at="examined", typed=lambda s: {"to": "person", "outcome": "told", "note": "Mai báo."}),
    "desk:letter":          Door("binh", "binh", at="examined", typed=a_new_date),
    "desk:consult":         Door("mai", "mai", at="examined", typed=a_consultation),
    "desk:pass-on":         Door("hung", "hung", at="sent", typed=a_passing),
    "desk:interlink":       Door("hung mai", "hung mai", at="examined", typed=a_shared_plan),
    "desk:station":         Door("", "hung mai", at="linked", typed=lambda s: {"note": "Mời trả lời."}),
    "desk:station-receive": Door("", "tu", at="linked", sees="hung hoa mai"),  # whoever works where the papers went
    "desk:station-slip":    Door(f"{WHOLE} tu", at="linked"),
    "desk:urging-answer":   Door("", "mai hoa", sees="hung binh yen", at="examined", typed=lambda s: {"answer": "Mai xong."}),
    "desk:aside-file":      Door(WHOLE, at="examined"),
    "desk:visit-paper":     Door(WHOLE, at="examined"),
    "desk:corrections":     Door(WHOLE, "mai", told_no="hung hoa binh yen", at="examined", typed=a_correction),
    "desk:difference":      Door(WHOLE, "hung", told_no="hoa mai binh yen", at="back", typed=going_on),
    "desk:step":            Door("", "hung", told_no="hoa mai binh yen", at="ready", typed=a_delivery),
    "desk:due":             Door(WHOLE, at="ready"),
    "desk:journal":         Door(WHOLE, at="ready"),
    "desk:slip":            Door(WHOLE, at="ready"),
    "desk:control-sheet":   Door(WHOLE, at="ready"),
    "desk:result":          Door(WHOLE, at="ready"),
    "desk:incident":        Door(WHOLE, WHOLE, at="ready", typed=lambda s: {"kind": "lost", "fault": "post", "what": "Mất giấy chứng sinh."}),
    "desk:made-good":       Door("", WHOLE, at="corrected", typed=lambda s: {"how": "Đã xin cấp lại."}),
    "desk:earlier-result":  Door(WHOLE, at="corrected"),
    "desk:paper-original":  Door(TOP, at="sent"),
    "desk:paper-image":     Door(TOP, at="sent"),
    "backoffice:home":      Door(KEEPERS, KEEPERS),
    "backoffice:alarms":    Door(KEEPERS),
    "backoffice:accounts":  Door(KEEPERS),
    "backoffice:account_add": Door(KEEPERS, KEEPERS, typed=lambda s: {"username": "ha", "name": "Hà", "place": "H99.31/MC", "role": "desk_officer"}),
    "backoffice:account":   Door(KEEPERS, KEEPERS, typed=lambda s: {"do": "password"}),  # Hùng's
    "backoffice:readings":  Door(KEEPERS),
    "backoffice:conflicts": Door(KEEPERS),
    "backoffice:conflict":  Door(KEEPERS, KEEPERS, typed=keeping_apart),
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
    "backoffice:reasons":   Door(KEEPERS),
    "backoffice:reason_add": Door(KEEPERS, KEEPERS, typed=lambda s: {"text": "Thiếu phụ lục", "for_papers": "1"}),
    "backoffice:reason":    Door(KEEPERS, KEEPERS, typed=lambda s: {"text": "Ảnh mờ", "for_papers": "1", "seen": "1"}),
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
    "signed_out":           Door(ALL),
    "sign_in_begin":        Door(),  # no service is set up here: tests/contracts/test_sign_in_wire.py
    "sign_in_back":         Door(),
    "account_inactive":     Door(ALL),
    "account_change_password": Door(SIGNED, SIGNED, typed=a_new_password),
    "account_signup":       Door(ALL, ALL, typed=lambda s: {"username": "ai-do", **dict.fromkeys(("password1", "password2"), "mat-khau-rat-dai")}),
    # second factors and one's own stay; who has nothing to show is led on, or asked again who they are
    "mfa_authenticate":     Door(SIGNED, SIGNED),
    "mfa_login_webauthn":   Door(SIGNED, SIGNED),
    "account_reauthenticate": Door(SIGNED, SIGNED, typed=lambda s: {"password": PASSWORD}),
    "mfa_reauthenticate":   Door(SIGNED, SIGNED),
    "mfa_reauthenticate_webauthn": Door(SIGNED, SIGNED),
    "mfa_index":            Door(SIGNED),
    "mfa_activate_totp":    Door(SIGNED, SIGNED),
    "mfa_deactivate_totp":  Door(),  # nobody here has one: test_second_factor.py
    "mfa_add_webauthn":     Door(SIGNED, SIGNED),
    "mfa_remove_webauthn":  Door(),
    "mfa_view_recovery_codes": Door(),
    "mfa_generate_recovery_codes": Door(SIGNED, SIGNED),
    "account_unlock":       Door(SIGNED, SIGNED),
    "account_kept_form":    Door(SIGNED, SIGNED),
    "account_sessions":     Door(SIGNED),
    "account_sign_out_elsewhere": Door("", SIGNED),
    "set_language":         Door(ALL, ALL),
    "csp_report":           Door("", told_no=ALL),
    "healthz":              Door(ALL),
    "readyz":               Door(ALL),
}
# fmt: on
