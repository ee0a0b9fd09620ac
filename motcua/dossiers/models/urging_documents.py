"""Documents with which the one-stop unit urges a slow unit (văn bản đôn đốc), and what it answered."""

from __future__ import annotations

from django.db import connection, models


class UrgingCounter(models.Model):
    """The last number of an urging document of an agency in a year."""

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("agency", "year"), name="urging_counter_year"),
        )

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year}: {self.last}"


class UrgingDocument(models.Model):
    """One document to one unit, as it was signed; the answer comes once."""

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    order = models.IntegerField("số trong năm")
    text = models.TextField("nội dung")
    answer_by = models.DateField("hạn trả lời")
    signed_at = models.DateTimeField()
    signer = models.ForeignKey("agencies.Post", models.PROTECT, related_name="+", db_index=False)
    signed_by = models.CharField("người ký", max_length=200)
    signer_title = models.CharField("thể thức ký", max_length=300)
    unit_name = models.CharField("gửi đơn vị", max_length=500)
    office = models.JSONField("tên cơ quan lúc ký", default=dict)  # the fields of slips.Office
    copies = models.TextField("nơi nhận", blank=True)
    recipients = models.ManyToManyField("agencies.Post", related_name="+")
    answer = models.TextField("trả lời", blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("agency", "year", "order"), name="urging_document_number"
            ),
        )
        indexes = (
            models.Index(fields=("agency", "-id"), name="urging_document_sent"),
            models.Index(fields=("unit", "-id"), name="urging_document_got"),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number as it is written on the paper."""
        return f"{self.order:02d}/{self.year}/DDHS"


class UrgedLine(models.Model):
    """One dossier of the document, as slow as it was on the day."""

    document = models.ForeignKey(UrgingDocument, models.PROTECT, related_name="lines")
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="urged_in")
    code = models.CharField(max_length=60)
    due_at = models.DateTimeField("hẹn trả", null=True)
    status = models.CharField("đang ở bước", max_length=100)
    why = models.CharField("tình trạng", max_length=200)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("document", "dossier"), name="urged_line_once"),
        )

    def __str__(self) -> str:
        return f"{self.document_id}: {self.dossier_id}"


def next_urging(agency_id: int, year: int) -> int:
    """The next number of an agency in a year; whoever signs at the same moment waits for it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dossiers_urgingcounter (agency_id, year, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (agency_id, year) DO UPDATE SET last = dossiers_urgingcounter.last + 1"
            " RETURNING last",
            [agency_id, year],
        )
        row = cursor.fetchone()
        return int(row[0])
