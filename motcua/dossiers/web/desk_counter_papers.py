"""Files chosen at the counter: kept at once, so that a mistake elsewhere on the page loses none."""

from typing import TYPE_CHECKING

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from motcua.core.errors import NotFound
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


def uploaded(request: HttpRequest, post: "Post", slots: "Sequence[Slot]") -> Kept:
    """Keep what was just chosen."""
    until = time_for()
    return [
        (slot.code, stored.name, stored)
        for slot in slots
        for upload in request.FILES.getlist(f"paper-{slot.code}")
        if isinstance(upload, UploadedFile)
        for stored in [store(upload, upload.name or "tep", post.actor, until)]
    ]


def kept_before(request: HttpRequest, post: "Post") -> Kept:
    """The files kept at an earlier try, without those just dropped."""
    found: Kept = []
    dropped = set(request.POST.getlist("drop"))
    for token in request.POST.getlist("kept"):
        try:
            owner, slot, name, digest = signing.loads(token, salt=SALT, max_age=AGE)
            if owner == post.pk and token not in dropped:
                found.append((slot, name, file_facts(digest, name)))
        except (signing.BadSignature, NotFound):
            continue
    return found


def tokens_of(post: "Post", kept: Kept) -> list[tuple[str, str, str]]:
    """Slot, name and token of kept files: only this post can name them again."""
    return [
        (slot, name, signing.dumps([post.pk, slot, name, file.digest], salt=SALT))
        for slot, name, file in kept
    ]
