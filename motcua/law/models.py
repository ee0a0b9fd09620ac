"""Legal profiles: one row per version. What was approved is never changed; the database sees to it."""

from datetime import time
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q

from motcua.core.actors import Role
from motcua.law.places import kept_places
from motcua.law.types import (
    AskingRule,
    CodeFormat,
    Drafting,
    FormSet,
    Level,
    Limits,
    PortalMode,
    Profile,
    ProfileStatus,
    Stage,
)
from motcua.law.words import agreed_by_at
from motcua.workdays.types import Method, Waiting


class LegalProfile(models.Model):
    """One version of a profile. `content` is one JSON value, written by `rules.content_of`."""

    code = models.SlugField(max_length=20)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    agency_codes = models.JSONField(default=list)
    content = models.JSONField()
    status = models.CharField(max_length=10, choices=[(s, s) for s in ProfileStatus])
    note = models.CharField(max_length=500, blank=True)
    drafted_by = models.CharField(max_length=200)
    drafted_by_key = models.CharField(max_length=100)
    drafted_by_person = models.CharField(max_length=100)
    drafted_at = models.DateTimeField()
    decided_by = models.CharField(max_length=200, blank=True)
    decided_by_key = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-valid_from", "code", "-version")
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="profile_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(status="draft"), name="profile_one_draft"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="approved_profile_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__status="approved"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"

    @property
    def profile(self) -> Profile:
        """The version as everyone reads it."""
        told = self.content
        return Profile(
            id=self.pk,
            code=self.code,
            version=self.version,
            name=self.name,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            agency_codes=tuple(self.agency_codes),
            limits=_limits(told["limits"]),
            form_set=FormSet(told["form_set"]),
            code_format=CodeFormat(told["code_format"]),
            levels=frozenset(Level(level) for level in told["levels"]),
            counting=Method(told["counting"]),
            on_supplement=Waiting(told["on_supplement"]),
            on_payment=Waiting(told["on_payment"]),
            asking=tuple(_asking(rule) for rule in told["asking"]),
            portal_mode=PortalMode(told["portal_mode"]),
            filed_elsewhere=kept_places(told.get("filed_elsewhere", [])),
            legal_bases=tuple((key, text) for key, text in told["legal_bases"]),
        )

    @property
    def drafting(self) -> Drafting:
        """Who asked for this version, and who agreed."""
        return Drafting(
            status=ProfileStatus(self.status),
            drafted_by=self.drafted_by,
            drafted_by_person=self.drafted_by_person,
            drafted_at=self.drafted_at,
            decided_by=self.decided_by,
            decided_at=self.decided_at,
            note=self.note,
            reason=self.reason,
        )


def _limits(told: dict[str, Any]) -> Limits:
    known = {key: told[key] for key in told if key in Limits.__dataclass_fields__}
    return Limits(**known | {"transfer_cutoff_time": time.fromisoformat(known["transfer_cutoff_time"])})  # fmt: skip


def _asking(told: dict[str, Any]) -> AskingRule:
    stage, agreed = Stage(told["stage"]), told["more_agreed_by"]
    if agreed and agreed not in agreed_by_at(stage):  # approved before this was refused
        agreed = Role.APPROVER
    return AskingRule(stage, told["most"], told["basis"], Role(agreed) if agreed else None)
