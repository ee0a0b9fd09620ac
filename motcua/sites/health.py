"""Is it alive, is it ready, and does any page break its own policy?"""

import json

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from motcua.core import clock
from motcua.core.text import clean

REPORT_MAX_BYTES = 10_000
REPORTED = ("document-uri", "violated-directive", "blocked-uri")
WORD_MAX = 300
REPORTS_MAX_BYTES = 5_000_000  # a loop in somebody's browser must not fill the disk


@require_GET
def alive(request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_GET
def ready(request: HttpRequest) -> HttpResponse:
    """This process reaches its database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return JsonResponse({"database": "no answer"}, status=503)
    return JsonResponse({"database": "ok"})


def _reported(said: object) -> dict[str, str]:
    """The few words we keep of a report; ValueError for what no browser sends."""
    inner = said.get("csp-report") if isinstance(said, dict) else None
    if not isinstance(inner, dict):
        raise ValueError("not a report")
    return {name: clean(str(inner.get(name, "")))[:WORD_MAX] for name in REPORTED}


@csrf_exempt
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """Keep what a browser reports about our Content-Security-Policy, one line each."""
    body = request.read(REPORT_MAX_BYTES)
    try:
        report = _reported(json.loads(body))
    except (ValueError, RecursionError):
        return HttpResponse(status=400)
    path = settings.CSP_REPORTS
    if not path.exists() or path.stat().st_size < REPORTS_MAX_BYTES:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as lines:
            line = {"at": clock.now().isoformat(), "report": report}
            lines.write(json.dumps(line, ensure_ascii=False) + "\n")
    return HttpResponse(status=204)
