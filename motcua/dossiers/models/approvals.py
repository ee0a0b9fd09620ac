"""What one person asks for and another grants or refuses (phê duyệt hai người)."""

from __future__ import annotations

from django.db import models

from motcua.core.actors import Role
from motcua.dossiers.acts import ACTS, APPROVAL_NAMES, STATE_NAMES, ApprovalKind, ApprovalState


class Approval(models.Model):
    """One asking on one dossier. At most one of a kind is open: the second asker finds the first."""

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="approvals")
    kind = models.CharField(max_length=20, choices=list(APPROVAL_NAMES.items()))
    state = models.CharField(
        max_length=10, choices=list(STATE_NAMES.items()), default=ApprovalState.OPEN
    )
    asked_by = models.CharField("người đề nghị", max_length=200)
    asked_by_key = models.CharField(max_length=40)
    asked_by_person = models.CharField(max_length=40)  # the human behind the key
    asked_at = models.DateTimeField()
    reason = models.TextField("lý do")
    facts = models.JSONField("nội dung đề nghị", default=dict)
    revision = models.IntegerField()  # of the dossier when it was asked
    decided_by = models.CharField("người quyết định", max_length=200, blank=True)
    decided_by_key = models.CharField(max_length=40, blank=True)
    decided_by_person = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField("lý do quyết định", blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "kind"),
                name="approval_once_open",
                condition=models.Q(state=ApprovalState.OPEN),
            ),
        )
        indexes = (
            models.Index(
                fields=("kind", "dossier"),
                name="approval_open",
                condition=models.Q(state=ApprovalState.OPEN),
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.kind} {self.state}"

    @property
    def decider(self) -> Role:
        """In which role it is decided: as its kind says, or as the law named somebody for it."""
        named = self.facts.get("agreed_by")
        return Role(named) if named else ACTS[ApprovalKind(self.kind)].decided_by

    @property
    def asker_id(self) -> int | None:
        """The post that asked; none, where a citizen did."""
        number = self.asked_by_key.removeprefix("post:")
        return int(number) if number.isdigit() else None
