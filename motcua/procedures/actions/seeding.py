"""The starter catalogue that ships with the product: everyday procedures and their e-forms."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from motcua.procedures.actions.forms import generic_form_id
from motcua.procedures.actions.importing import Tally, import_readings
from motcua.procedures.actions.succeeding import carry_form
from motcua.procedures.forms.definitions import definition_from
from motcua.procedures.importing.flaws import Reading
from motcua.procedures.models import FormVersion, Procedure
from motcua.procedures.types import (
    ChannelTerm,
    Detail,
    Duration,
    Fee,
    LegalBasis,
    ResultKind,
    Slot,
    StepText,
)

SEEDS = Path(__file__).parents[1] / "seeds"
USUAL_GUIDE = (
    "Khai tờ khai trên trang này, chụp và đính kèm giấy tờ, kiểm tra lại rồi nộp.",
    "Trong 8 giờ làm việc, cơ quan trả lời và hẹn ngày trả kết quả.",
    "Nhận kết quả trực tuyến, tại Bộ phận Một cửa hoặc qua bưu chính.",
)


def seed_catalogue() -> Tally:
    """The starter procedures, published, and the e-forms; what an import brought is left alone.

    Law: CAT-02, CAT-14, EF-01
    """
    seed_forms()
    known = set(Procedure.objects.values_list("code", flat=True))
    readings = (
        Reading(row, detail, ())
        for row, detail in enumerate(starter_details(), start=1)
        if detail.code not in known
    )
    return import_readings(readings, publish=True)


def seed_forms() -> int:
    """The e-forms of the seeds as form versions; how many are new.

    Procedures on the list get a new one in a new version: dossiers under way keep their form.

    Law: CAT-07, CAT-14, EF-01
    """
    generic_form_id()
    return sum(_seed_form(path) for path in sorted((SEEDS / "eforms").glob("*.json")))


@transaction.atomic
def _seed_form(path: Path) -> bool:
    """One e-form and the versions that carry it, in one transaction; whether it is new."""
    definition = json.loads(path.read_text("utf-8"))
    form = definition_from(definition)  # a faulty definition stops here, with its place
    row, is_new = FormVersion.objects.get_or_create(
        form_key=form.key,
        version=form.version,
        defaults={
            "title": form.title,
            "procedure_codes": list(form.procedure_codes),
            "definition": definition,
        },
    )
    if is_new:
        carry_form(form_id=row.pk)
    return is_new


def starter_details() -> Iterator[Detail]:
    """Every procedure of the seeds."""
    for path in sorted((SEEDS / "procedures").glob("*.toml")):
        content = tomllib.loads(path.read_text("utf-8"))
        for item in content["procedure"]:
            yield _detail({**content["common"], **item})


def _detail(item: Mapping[str, Any]) -> Detail:
    """One procedure of a seed file."""
    return Detail(
        code=item["code"],
        name=item["name"],
        kind=item.get("kind", "Khởi đầu"),
        field=item["field"],
        ministry_code=item.get("ministry_code", ""),
        ministry=item.get("ministry", ""),
        decision=item.get("decision", ""),
        levels=tuple(item["levels"]),
        subjects=tuple(item["subjects"]),
        agencies=tuple(item["agencies"]),
        keywords=item.get("keywords", ""),
        summary=item["summary"],
        guide=tuple(item.get("guide", USUAL_GUIDE)),
        steps=tuple(StepText(text) for text in item.get("steps", ())),
        channels=tuple(_channels(item)),
        slots=tuple(_slots(item)),
        paper_notes=tuple(item.get("notes", ())),
        results=tuple(ResultKind(name) for name in item["results"]),
        legal_bases=tuple(LegalBasis(number) for number in item["laws"]),
        conditions=item.get("conditions", ""),
        needs_presence=item.get("presence", ""),
        needs_site_visit=item.get("site_visit", ""),
        sets=item.get("sets", 0),
    )


def _channels(item: Mapping[str, Any]) -> Iterator[ChannelTerm]:
    """The ways to file; online fees may be lower."""
    limit = item.get("limit")
    duration = Duration(*limit) if limit else None
    for channel in item.get("channels", ("direct", "online", "post")):
        fee = item.get(f"fee_{channel}", item.get("fee", 0))
        yield ChannelTerm(
            channel=channel,
            duration=duration,
            note=item.get("limit_note", ""),
            free=fee == 0,
            fees=(Fee(fee, item.get("fee_note", "")),) if fee > 0 else (),
            fee_note=item.get("fee_note", "") if fee <= 0 else "",
        )


def _slots(item: Mapping[str, Any]) -> Iterator[Slot]:
    """The papers: a name, or a table where there is more to say."""
    for number, paper in enumerate(item.get("papers", ()), start=1):
        facts = {"name": paper} if isinstance(paper, str) else dict(paper)
        yield Slot(code=f"p{number:02d}", **facts)
