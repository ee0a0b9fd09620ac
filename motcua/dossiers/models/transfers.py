"""The lists with which the desk hands papers to the unit that settles (giấy bàn giao hồ sơ)."""

from __future__ import annotations

from django.db import connection, models


class TransferCounter(models.Model):
    """The last number of a hand-over list that a unit gave in a year."""

    unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("unit", "year"), name="transfer_counter_year"),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}: {self.last}"


class TransferList(models.Model):
    """Several dossiers handed by one unit to another; each line is confirmed by the receiver."""

    from_unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", db_index=False)
    to_unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    order = models.IntegerField("số trong năm")
    given_by = models.CharField("người giao", max_length=200)
    given_by_key = models.CharField(max_length=40)
    given_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("from_unit", "year", "order"), name="transfer_list_number"
            ),
        )
        indexes = (
            models.Index(fields=("from_unit", "-id"), name="transfer_list_given"),
            models.Index(fields=("to_unit", "-id"), name="transfer_list_taken"),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number as it is written on the paper."""
        return f"{self.order:02d}/{self.year}/BGHS"


class TransferLine(models.Model):
    """One dossier of a hand-over list, until its receiver takes it over or it goes back."""

    list = models.ForeignKey(TransferList, models.PROTECT, related_name="lines")
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="transfers")
    must_by = models.DateTimeField("phải bàn giao trước", null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField("người nhận", max_length=200, blank=True)
    is_taken = models.BooleanField(default=False)
    reason = models.TextField("lý do trả lại", blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("dossier",),
                name="transfer_open_once",
                condition=models.Q(settled_at=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.list_id}: {self.dossier_id}"


def next_list(unit_id: int, year: int) -> int:
    """The next number of a unit in a year; safe against two desks at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dossiers_transfercounter (unit_id, year, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (unit_id, year) DO UPDATE SET last = dossiers_transfercounter.last + 1"
            " RETURNING last",
            [unit_id, year],
        )
        row = cursor.fetchone()
        return int(row[0])
