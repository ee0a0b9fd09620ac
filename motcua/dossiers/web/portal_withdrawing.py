"""Rút hồ sơ: freely before acceptance; afterwards asked of the desk, which confirms or says why not."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.core.errors import Reason, Refused
from motcua.core.text import clean
from motcua.dossiers.actions.approving import ask_to_withdraw
from motcua.dossiers.actions.intake import withdraw_dossier
from motcua.dossiers.asides import can_ask_to_withdraw, withdrawal_of
from motcua.dossiers.queries import dossier_page
from motcua.people.web import assurance_of, citizen_of, citizen_required

REFUSED = 422
LONGEST = 1000


@never_cache
@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a dossier back, or ask to, after being asked once more."""
    citizen = citizen_of(request)
    dossier = dossier_page(citizen, reference)
    asks, level = can_ask_to_withdraw(dossier.status), assurance_of(request)
    why = clean(request.POST.get("reason", ""))
    reasons: Sequence[Reason] = ()
    if request.method == "POST":
        try:
            if len(why) > LONGEST:
                text = f"Lý do dài tối đa {LONGEST} ký tự. Mời ông/bà viết ngắn lại."
                raise Refused([Reason("too_long", text, "reason")])
            if asks:
                ask_to_withdraw(citizen=citizen, reference=reference, reason=why, level=level)
            else:
                withdraw_dossier(citizen=citizen, reference=reference, level=level)
        except Refused as no:
            reasons = no.reasons
            dossier = dossier_page(citizen, reference)
        else:
            done = "Đã gửi đề nghị rút hồ sơ tới cơ quan." if asks else "Đã rút hồ sơ."
            messages.success(request, done)
            return redirect("portal:dossier", reference=reference)
    asked = withdrawal_of(dossier.reference) if asks else None
    if not (dossier.can_withdraw or asks or reasons) or (asked and asked.is_open and not reasons):
        return redirect("portal:dossier", reference=reference)
    context = {
        "dossier": dossier, "reasons": reasons, "asks": asks, "why": why, "asked": asked,
        "needs_level": dossier.terms.min_identity_level > level,
    }  # fmt: skip
    status = REFUSED if reasons else 200
    return render(request, "portal/dossiers/withdraw.html", context, status=status)
