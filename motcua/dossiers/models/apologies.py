"""The letter that apologises for a late result and promises a new date (thư xin lỗi và hẹn lại)."""

from __future__ import annotations

from django.db import models

from motcua.dossiers.acts import LETTER_NAMES, LetterState

WAITING = [LetterState.DRAFTED.value, LetterState.SIGNED.value]


class Apology(models.Model):
    """One letter of one dossier: drafted by the clock, signed by a leader, sent to the applicant.

    `new_due_at` of a letter written when the time for a new promise is over is empty.
    """

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="apologies")
    state = models.CharField(
        max_length=10, choices=list(LETTER_NAMES.items()), default=LetterState.DRAFTED
    )
    old_due_at = models.DateTimeField("hạn đã hẹn")
    sign_by = models.DateTimeField("ký chậm nhất")
    new_due_at = models.DateTimeField("hẹn lại", null=True)
    reason = models.TextField("lý do", blank=True)
    signer = models.ForeignKey("agencies.Post", models.PROTECT, null=True, related_name="+")
    number = models.CharField("số thư", max_length=80, blank=True)
    move = models.ForeignKey("dossiers.Move", models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("dossier",),
                name="apology_once_drafted",
                condition=models.Q(state=LetterState.DRAFTED),
            ),
        )
        indexes = (
            models.Index(fields=("dossier", "state"), name="apology_dossier"),
            models.Index(  # what waits for a signature, or for the post
                fields=("dossier",), name="apology_waiting", condition=models.Q(state__in=WAITING)
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.state}"
