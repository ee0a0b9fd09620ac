"""Which kept files dossiers still refer to: the night's sweep asks before it drops anything."""

from collections.abc import Collection

from motcua.dossiers import register
from motcua.dossiers.models import (
    Consultation,
    Document,
    Dossier,
    EarlierResult,
    Slip,
    Station,
    Verification,
)


def digests_in_use(digests: Collection[str]) -> set[str]:
    """Those of `digests` that a paper (also one taken out), a slip, an opinion, a result or a register is.

    Drafts count: what a citizen attached stays for as long as the draft does. What a move tells
    of papers needs no look: once a dossier is handed in, the rows of its papers are never deleted.
    """
    asked = list(digests)
    results = Dossier.objects.exclude(result_digest="").filter(result_digest__in=asked)
    return {
        *Document.objects.filter(digest__in=asked).values_list("digest", flat=True),
        *Consultation.objects.filter(digest__in=asked).values_list("digest", flat=True),
        *Station.objects.filter(digest__in=asked).values_list("digest", flat=True),
        *Verification.objects.filter(digest__in=asked).values_list("digest", flat=True),
        *EarlierResult.objects.filter(digest__in=asked).values_list("digest", flat=True),
        *Slip.objects.filter(digest__in=asked).values_list("digest", flat=True),
        *results.values_list("result_digest", flat=True),
        *register.files_kept(asked),
    }
