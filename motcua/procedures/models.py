"""The catalogue of administrative procedures and its versions.

What is searched or joined is a column; what a version says is one immutable JSON value.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from motcua.procedures.types import Detail, VersionStatus, detail_from_json

CODE_PATTERN = r"^\d\.\d{6}$"


class Field(models.Model):
    """A field of administration (lĩnh vực)."""

    name = models.CharField("tên lĩnh vực", max_length=250, unique=True)
    code = models.CharField("mã lĩnh vực", max_length=40, blank=True)
    ministry_code = models.CharField("mã bộ", max_length=40, blank=True)
    folded = models.CharField(max_length=250)

    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """A procedure, by its national code (CAT-04)."""

    code = models.CharField(
        "mã thủ tục", max_length=20, unique=True, validators=[RegexValidator(CODE_PATTERN)]
    )
    name = models.TextField("tên thủ tục")
    folded = models.TextField("tên không dấu")
    digest = models.CharField("vân tay nội dung mới nhất", max_length=64, blank=True)
    abolished_at = models.DateTimeField("bãi bỏ lúc", null=True, blank=True)
    abolished_on = models.DateField("bãi bỏ từ ngày", null=True, blank=True)
    abolished_by = models.CharField("quyết định bãi bỏ", max_length=250, blank=True)
    abolished_by_source = models.BooleanField("nguồn không công khai nữa", default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(code__regex=CODE_PATTERN), name="procedure_code_shape"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class FormVersion(models.Model):
    """One version of an electronic form and the procedures that are filed with it.

    A row is never edited: the versions of procedures that were published with it hold on to it.
    """

    form_key = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=250)
    procedure_codes = ArrayField(models.CharField(max_length=20), default=list)
    definition = models.JSONField()
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("form_key", "version"), name="one_form_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.form_key} v{self.version}"


class ProcedureVersion(models.Model):
    """A version of a procedure. Once published nothing in it is edited: a dossier keeps the one it has.

    A draft with `valid_from` waits for that day.
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("số phiên bản")
    status = models.CharField(max_length=12, choices=[(s.value, s.name) for s in VersionStatus])
    name = models.TextField("tên thủ tục")
    field = models.ForeignKey(Field, models.PROTECT, null=True, related_name="+")
    levels = ArrayField(models.CharField(max_length=40), default=list)
    subjects = ArrayField(models.CharField(max_length=120), default=list)
    agencies = ArrayField(models.TextField(), default=list)
    decision = models.CharField("quyết định công bố", max_length=250, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    valid_from = models.DateField("hiệu lực từ", null=True, blank=True)
    valid_to = models.DateField("hiệu lực đến", null=True, blank=True)
    legal_limit_value = models.PositiveIntegerField("thời hạn luật định", null=True)
    legal_limit_unit = models.CharField(max_length=20, blank=True)
    local_limit_value = models.PositiveIntegerField("thời hạn cam kết tại địa phương", null=True)
    local_limit_unit = models.CharField(max_length=20, blank=True)
    limit_method = models.CharField(max_length=12, default="DAY")
    at_once = models.BooleanField("trả kết quả ngay khi nhận hồ sơ", default=False)
    min_identity_level = models.PositiveSmallIntegerField(
        "mức độ định danh tối thiểu", choices=[(1, "Mức 1"), (2, "Mức 2")], default=1
    )
    # What a law of its own field makes of a wait; blank: as the legal profile of the dossier says.
    on_supplement = models.CharField("khi chờ bổ sung", max_length=10, blank=True, default="")
    on_payment = models.CharField("khi chờ nộp tiền", max_length=10, blank=True, default="")
    level_reasons = ArrayField(models.TextField(), default=list)
    is_full_online = models.BooleanField("toàn trình", default=False)
    form = models.ForeignKey(FormVersion, models.PROTECT, null=True, related_name="+")
    card = models.JSONField("điều hiện trong kết quả tìm", default=dict)
    detail_values = models.JSONField("nội dung")
    digest = models.CharField("vân tay nội dung", max_length=64)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("procedure", "number"), name="one_version_per_number"),
            models.UniqueConstraint(
                fields=("procedure",),
                condition=Q(status=VersionStatus.PUBLISHED),
                name="one_published_version",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=models.F("valid_from")),
                name="version_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(form__isnull=False)
                | Q(status__in=(VersionStatus.DRAFT, VersionStatus.ABOLISHED)),
                name="published_version_has_its_form",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure.code} v{self.number}"

    @property
    def detail(self) -> Detail:
        """What this version says, as values."""
        return detail_from_json(self.detail_values)


class CatalogueStamp(models.Model):
    """One row that grows with every publication, so that every process knows its index is stale."""

    revision = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.revision)
