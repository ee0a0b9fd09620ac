"""The list of communes of a province, for the pair of choosers in e-forms."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from motcua.agencies.queries import communes
from motcua.core.text import clean

_DAY = 86_400


@require_safe
def places(request: HttpRequest) -> JsonResponse:
    """The communes of `?tinh=`, in dictionary order; empty for a province that is not there."""
    province = clean(request.GET.get("tinh", ""))
    rows = communes(province)
    response = JsonResponse(rows, safe=False)
    response["Cache-Control"] = f"public, max-age={_DAY}"
    return response
