"""The owner at the counter: typed once, and taken over where the e-form asks for the same again."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from motcua.agencies import queries as places
from motcua.core.errors import Reason
from motcua.core.text import clean
from motcua.dossiers.web.desk_forms import OwnerForm
from motcua.procedures.forms.checks import CHECKS, person_problem, without_fillers
from motcua.procedures.forms.rules import in_words, prefill, visible_fields
from motcua.procedures.forms.types import Answers, Field, FieldType, FormDefinition, Spot


@dataclass(frozen=True)
class Known:
    """What the counter knows of the owner, in the words of an account that a form is filled from."""

    full_name: str = ""
    national_id: str = ""
    phone: str = ""
    email: str = ""
    birth_on: date | None = None
    gender: str = ""
    nationality: str = ""
    ethnicity: str = ""
    province_code: str = ""
    commune_code: str = ""
    address_detail: str = ""


# Somebody, to learn where a form asks for what the counter asked already.
SOMEBODY = Known("Nguyễn Văn A", "001190012345", "0912345678", "a@songha.example")
SOMEWHERE = replace(SOMEBODY, province_code="01", commune_code="00004", address_detail="Số 1")
TYPED = (FieldType.TEXT, FieldType.PHONE, FieldType.EMAIL)
NUMBERS = {"national_id", "person", "id_paper"}
FACTS = {"name": "full_name", "national_id": "national_id", "phone": "phone"}


def asked_again(definition: FormDefinition) -> frozenset[str]:
    """Where the form asks the person who declares what was already asked of the owner.

    Law: RCV-07
    """
    return frozenset(prefill(definition, SOMEBODY)[1])


def with_owner(definition: FormDefinition, answers: Answers, typed: Mapping[str, str]) -> Answers:
    """The answers, with the owner's facts where the form asks for them again and nothing stands yet.

    Who files for somebody else types their own facts: then only the boxes of the owner are filled.
    """
    found: Answers = {**answers}
    for section, key, value in _taken(definition, answers, typed):
        given = found.get(section, {})
        if isinstance(given, dict) and not given.get(key):
            found[section] = {**given, key: value}
    return found


def taken_over(definition: FormDefinition, answers: Answers) -> dict[str, Spot]:
    """The boxes of the owner that stand for a question of the form left empty, each with it.

    What is wrong there, or lacks, is to be mended in the owner's box: nobody typed in the other.
    """
    owners = {path: FACTS[fact] for fact, path in definition.owner if fact in FACTS}
    spots = {f"{s.page.section.key}.{s.field.key}": s for s in visible_fields(definition, answers)}
    boxes = {path: box for path, box in owners.items() if path in spots}
    if not boxes and not _somebody_else(definition, answers):
        known, sources = prefill(definition, SOMEBODY)
        facts = {text: box for box, text in asdict(SOMEBODY).items() if text}
        boxes = {
            path: facts[known[s.page.section.key][s.field.key]]
            for path, s in spots.items()
            if s.path in sources and known[s.page.section.key][s.field.key] in facts
        }
    return {box: spots[path] for path, box in boxes.items() if not spots[path].value}


def with_needs(owner: OwnerForm, definition: FormDefinition, answers: Answers) -> OwnerForm:
    """The boxes of the owner, marked as needed where the form cannot do without them."""
    for box, spot in taken_over(definition, answers).items():
        owner.fields[box].required |= spot.field.required
    return owner


def beside_the_owner(
    owner: OwnerForm, definition: FormDefinition, answers: Answers, reasons: Sequence[Reason]
) -> tuple[Reason, ...]:
    """The reasons, those about what was taken over from the owner moved to the box typed in.

    A company declares through a person, who is typed in the other boxes.
    """
    boxes = {spot.path: box for box, spot in taken_over(definition, answers).items()}
    if person_problem(without_fillers(owner.data.get("national_id", "")).upper()):
        boxes = {path: box for path, box in boxes.items() if box in ("phone", "email")}
    found = []
    for reason in reasons:
        box = boxes.get(reason.field)
        if box is not None:
            owner.add_error(box, reason.text)
        found.append(Reason("owner_wrong", reason.text, f"id_{box}") if box else reason)
    return tuple(found)


def owner_address(definition: FormDefinition, answers: Answers) -> str:
    """Where the owner lives, as typed in the form; empty when somebody else declares, or nobody asks."""
    if _owners_spots(definition, answers) or _somebody_else(definition, answers):
        return ""
    homes = set(prefill(definition, SOMEWHERE)[1])
    for spot in visible_fields(definition, answers):
        if spot.field.type is FieldType.ADDRESS and spot.path in homes and spot.value:
            return in_words(spot.field, spot.value, places)
    return ""


def _taken(
    definition: FormDefinition, answers: Answers, typed: Mapping[str, str]
) -> list[tuple[str, str, Any]]:
    """Section, key and value of each fact of the owner that the form asks for."""
    spots = _owners_spots(definition, answers)
    if spots:
        return [(*_parted(path), clean(typed.get(FACTS[fact], ""))) for path, fact in spots.items()]
    if _somebody_else(definition, answers):
        return []
    words = ("full_name", "national_id", "phone", "email")
    name, number, phone, email = (clean(typed.get(word, "")) for word in words)
    known = Known(name, number, phone, email)
    taken, sources = prefill(definition, known)
    return [
        (page.section.key, field.key, taken[page.section.key][field.key])
        for page in definition.pages
        for field in page.fields
        if f"{page.key}.{field.key}" in sources
        and not _is_of_another_kind(field, taken[page.section.key][field.key])
    ]


def _is_of_another_kind(field: Field, value: Any) -> bool:
    """Whether the owner's number is none that this box takes, as a company's where a person declares."""
    return field.check in NUMBERS and bool(CHECKS[field.check].problem(str(value)))


def _somebody_else(definition: FormDefinition, answers: Answers) -> bool:
    """Whether anything was typed of a person who declares in the owner's place."""
    again = asked_again(definition)
    return any(
        spot.path in again and spot.field.type in TYPED and spot.value
        for spot in visible_fields(definition, answers)
    )


def _owners_spots(definition: FormDefinition, answers: Answers) -> dict[str, str]:
    """Where the form asks for the owner apart from the filer, now; empty when it does not."""
    asked = {f"{s.page.section.key}.{s.field.key}" for s in visible_fields(definition, answers)}
    return {path: fact for fact, path in definition.owner if fact in FACTS and path in asked}


def _parted(path: str) -> tuple[str, str]:
    section, _, key = path.partition(".")
    return section, key
