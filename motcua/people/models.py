"""Accounts that sign in, the persons behind them, and partner systems."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from motcua.core.actors import Actor, Role


class Account(AbstractUser):
    """Something that signs in. Who it is stands in `Person`; what it may do stands in posts."""


class Person(models.Model):
    """A citizen or the person behind an official (công dân)."""

    account = models.OneToOneField(
        Account, models.PROTECT, null=True, blank=True, related_name="person"
    )
    national_id = models.CharField("số định danh cá nhân", max_length=12, unique=True)
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
