"""`{% usual_times code levels %}`: how long a procedure usually takes, on the catalogue's pages.

The catalogue lies below the dossiers and may not ask them; its template may.
"""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template import Context

from motcua.dossiers.taking_in import receiving_now
from motcua.dossiers.usual import Usual, usual_times_everywhere

register = template.Library()


@register.inclusion_tag("portal/dossiers/_usual_row.html", takes_context=True)
def usual_times(context: Context, procedure_code: str, levels: Sequence[str]) -> dict[str, Any]:
    """The row for the agency chosen (`?co-quan=`) or the only one; else which one may choose.

    Of agencies that receive it today: what one took that is no more is no promise of anybody's.
    """
    everywhere = usual_times_everywhere(procedure_code)
    if not everywhere:
        return {}
    receiving = receiving_now(levels)
    known = {each.code: everywhere[each.code] for each in receiving if each.code in everywhere}
    typed = context["request"].GET.get("co-quan", "")
    code = receiving[0].code if len(receiving) == 1 else typed
    found: list[Usual] = known.get(code, [])
    choices = [(each, usual[0].agency_name) for each, usual in known.items()]
    return {"found": found, "choices": choices if len(receiving) > 1 else [], "chosen": code}
