"""Accounts that sign in, the persons behind them, and partner systems."""

from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from motcua.core.actors import Actor, Role
from motcua.people.parties import MANDATE_NAMES, PARTY_NAMES, RESULT_STORE_NAMES, PartyKind


class Account(AbstractUser):
    """Something that signs in. Who it is stands in `Person`; what it may do stands in posts."""

    password_is_given = models.BooleanField("mật khẩu do người quản trị cấp", default=False)
    idle_told = models.PositiveSmallIntegerField("số lần đã báo lâu không dùng", default=0)
    idle_told_at = models.DateTimeField(null=True, blank=True)


class Person(models.Model):
    """A citizen or the person behind an official (công dân)."""

    account = models.OneToOneField(
        Account, models.PROTECT, null=True, blank=True, related_name="person"
    )
    kind = models.CharField(
        "loại tài khoản", max_length=12, choices=list(PARTY_NAMES.items()), default=PartyKind.PERSON
    )
    # A house that signs in itself stands here too, under its tax code.
    national_id = models.CharField("số định danh cá nhân", max_length=14, unique=True)
    full_name = models.CharField("họ, chữ đệm, tên", max_length=200)
    birth_on = models.DateField("ngày sinh", null=True, blank=True)
    gender = models.CharField("giới tính", max_length=1, blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    nationality = models.CharField("quốc tịch", max_length=3, default="VN")
    ethnicity = models.CharField("dân tộc", max_length=3, blank=True)
    province_code = models.CharField("mã tỉnh", max_length=2, blank=True)
    commune_code = models.CharField("mã xã", max_length=5, blank=True)
    address_detail = models.CharField("số nhà, đường, thôn", max_length=300, blank=True)

    def __str__(self) -> str:
        return self.full_name

    @property
    def actor(self) -> Actor:
        """The person acting for themselves."""
        return Actor(Role.CITIZEN, f"person:{self.pk}", self.full_name)


class Partner(models.Model):
    """A system outside that files dossiers for people; only the hash of its token is kept."""

    name = models.CharField(max_length=200, unique=True)
    token_sha256 = models.CharField(max_length=64, unique=True)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Session(AbstractBaseSession):
    """Somebody's stay after signing in: whose, from where, since when, and when last seen."""

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="sessions")
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    address = models.CharField("địa chỉ mạng", max_length=64, blank=True)
    device = models.CharField("trình duyệt, thiết bị", max_length=200, blank=True)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """The store that writes these rows."""
        from motcua.people.session_store import SessionStore

        return SessionStore


class FactorRemoval(models.Model):
    """Asked for by one keeper, agreed to by another: take the second factor from an account."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="removals")
    reason = models.CharField("lý do", max_length=500)
    asked_by = models.CharField(max_length=200)
    asked_by_person = models.CharField(max_length=100)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    agreed = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("account",), name="one_open_removal", condition=models.Q(decided_at=None)
            ),
        )

    def __str__(self) -> str:
        return f"{self.account_id}: {self.reason}"


class ExternalIdentity(models.Model):
    """By what a sign-in service knows a person; one TechID, one account, both ways."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="identities")
    service = models.CharField(max_length=40)
    tech_id = models.CharField("TechID", max_length=260)
    level = models.PositiveSmallIntegerField("mức độ khi đăng nhập lần cuối")
    linked_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("service", "tech_id"), name="one_account_per_tech_id"),
            models.UniqueConstraint(fields=("service", "person"), name="one_tech_id_per_account"),
        )

    def __str__(self) -> str:
        return f"{self.service}: {self.person_id}"


class SpentMark(models.Model):
    """The fingerprint of a code or token that was used; it opens nothing again."""

    digest = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.digest


class LinkConflict(models.Model):
    """A sign-in that would have merged two persons: refused, and put before a keeper."""

    service = models.CharField(max_length=40)
    tech_id = models.CharField(max_length=260)
    kind = models.CharField(max_length=12)
    number = models.CharField(max_length=14)
    name = models.CharField(max_length=200)
    why = models.CharField(max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=200, blank=True)
    was_joined = models.BooleanField(null=True)
    reason = models.CharField("lý do", max_length=500, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("service", "tech_id"), name="one_open_conflict",
                condition=models.Q(closed_at=None),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.service}: {self.why}"


class Organisation(models.Model):
    """An enterprise, another organisation, an agency (tổ chức), by its tax code."""

    own = models.OneToOneField(Person, models.PROTECT, null=True, related_name="organisation")
    tax_code = models.CharField("mã số thuế", max_length=14, unique=True)
    name = models.CharField("tên", max_length=200)
    kind = models.CharField(max_length=12, choices=list(PARTY_NAMES.items()))
    representative = models.CharField("người đại diện", max_length=200, blank=True)
    address = models.CharField("địa chỉ", max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person who files for an organisation, named by their number (thành viên)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="members")
    number = models.CharField("số định danh", max_length=14, db_index=True)
    name = models.CharField("họ tên", max_length=200)
    role = models.CharField("chức vụ, công việc", max_length=100)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.name}"


class Mandate(models.Model):
    """Ủy quyền: who may file for whom, for what, how long, and where the result is kept."""

    grantor = models.ForeignKey(Person, models.PROTECT, related_name="mandates")
    attorney_number = models.CharField(max_length=14, db_index=True)
    attorney_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=list(MANDATE_NAMES.items()))
    procedures = models.JSONField("thủ tục, trống là tất cả", default=list)
    from_on = models.DateField()
    to_on = models.DateField()
    result_store = models.CharField(max_length=10, choices=list(RESULT_STORE_NAMES.items()))
    document_digest = models.CharField(max_length=64)
    document_name = models.CharField(max_length=255)
    document_kind = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("document_digest",), name="mandate_digest"),)

    def __str__(self) -> str:
        return f"{self.grantor_id} → {self.attorney_name}"
