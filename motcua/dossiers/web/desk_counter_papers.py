"""Files chosen at the counter: kept at once, so that a mistake elsewhere on the page loses none."""

from dataclasses import replace
from typing import TYPE_CHECKING

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from motcua.core.errors import NotFound, Reason, Refused
from motcua.files.actions import store, time_for
from motcua.files.queries import file_facts
from motcua.files.types import StoredFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from motcua.agencies.models import Post
    from motcua.procedures.types import Slot

SALT = "desk.counter.paper"
AGE = 86_400  # seconds a file waits for the page it was chosen on
Kept = list[tuple[str, str, StoredFile]]  # slot, file name, file


def papers_of(
    request: HttpRequest, post: "Post", slots: "Sequence[Slot]"
) -> tuple[Kept, list[Reason]]:
    """The files of the page, kept earlier or chosen just now, and what is wrong with the others.

    One bad file costs none of the good ones.
    """
    kept, reasons = _kept_before(request, post)
    until = time_for()
    for slot in slots:
        for upload in request.FILES.getlist(f"paper-{slot.code}"):
            if not isinstance(upload, UploadedFile):
                continue
            try:
                stored = store(upload, upload.name or "tep", post.actor, until)
            except Refused as no:
                reasons += [_beside(slot.code, reason) for reason in no.reasons]
            else:
                kept.append((slot.code, stored.name, stored))
    return kept, reasons


def _beside(slot: str, reason: Reason) -> Reason:
    """What is wrong with a file, said beside the paper it was chosen for."""
    return replace(reason, code=f"document_{reason.code}", field=slot)


def _kept_before(request: HttpRequest, post: "Post") -> tuple[Kept, list[Reason]]:
    """The files kept at an earlier try, without those just dropped, and those that are gone."""
    found: Kept = []
    gone: list[Reason] = []
    dropped = set(request.POST.getlist("drop"))
    for token in request.POST.getlist("kept"):
        try:
            owner, slot, name, digest = signing.loads(token, salt=SALT)
        except signing.BadSignature:
            continue
        if owner != post.pk or token in dropped:
            continue
        try:
            signing.loads(token, salt=SALT, max_age=AGE)
            found.append((slot, name, file_facts(digest, name)))
        except (signing.SignatureExpired, NotFound):
            text = f"Tệp “{name}” chọn đã lâu nên không còn được giữ. Mời anh/chị chọn lại tệp này."
            gone.append(Reason("document_gone", text, field=slot))
    return found, gone


def tokens_of(post: "Post", kept: Kept) -> list[tuple[str, str, str]]:
    """Slot, name and token of kept files: only this post can name them again."""
    return [
        (slot, name, signing.dumps([post.pk, slot, name, file.digest], salt=SALT))
        for slot, name, file in kept
    ]
