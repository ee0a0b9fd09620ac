"""The proof of one's own dossier, as a file."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from motcua.dossiers.proofs import proof_for
from motcua.dossiers.web.files import download
from motcua.people.web import citizen_of, citizen_required

KIND = "application/octet-stream"


@citizen_required
@require_safe
def proof(request: HttpRequest, reference: str) -> HttpResponse:
    """Tải bằng chứng: what the journal tells of the dossier, checked without us by whoever wants."""
    is_taken = request.method == "GET"
    name, content = proof_for(citizen_of(request), reference, is_taken=is_taken)
    return download(content, KIND, name)
