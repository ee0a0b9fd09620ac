"""Agencies, their units, the posts in them, and the places of the country."""

from django.db import models

from motcua.core.actors import ROLE_NAMES, Actor, Role


class Agency(models.Model):
    """An agency of the authority (cơ quan), e.g. a department, a commune or the service centre."""

    code = models.CharField("mã định danh", max_length=35, unique=True)
    old_code = models.CharField("mã cũ (TT 10/2016)", max_length=20, blank=True)
    name = models.CharField("tên", max_length=200)
    kind = models.CharField("loại", max_length=20)  # province, department, commune, centre
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    province_code = models.CharField(max_length=2, blank=True)
    commune_code = models.CharField(max_length=5, blank=True)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)

    class Meta:
        verbose_name_plural = "agencies"
        constraints = (
            models.UniqueConstraint(  # else the dossiers of two would bear the same codes
                fields=("old_code",), name="agency_old_code", condition=~models.Q(old_code="")
            ),
        )

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A room or division of an agency (phòng, ban)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="units")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    is_desk = models.BooleanField("bộ phận tiếp nhận", default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("agency", "code"), name="unit_code"),)

    def __str__(self) -> str:
        return self.name

    @property
    def mark(self) -> str:
        """What tells it from every other unit of every agency, in the numbers of papers: both codes."""
        return f"{self.agency.code}-{self.code}"


class Post(models.Model):
    """A person's place and role in a unit (vị trí công tác): officials act in a post."""

    account = models.ForeignKey("people.Account", models.PROTECT, related_name="posts")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=[(r.value, ROLE_NAMES[r]) for r in Role])
    title = models.CharField("chức danh", max_length=200)
    holder_name = models.CharField("người giữ", max_length=200)
    phone = models.CharField(max_length=30, blank=True)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.holder_name}, {self.title}"

    @property
    def actor(self) -> Actor:
        """The official acting in this post."""
        return Actor(Role(self.role), f"post:{self.pk}", self.holder_name, self.unit_id)


class Place(models.Model):
    """A province or a commune, valid between two dates (đơn vị hành chính)."""

    code = models.CharField(max_length=5)
    name = models.CharField(max_length=120)
    full_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)  # province, commune
    parent_code = models.CharField(max_length=2, blank=True)
    folded = models.CharField(max_length=200)
    order_key = models.CharField(max_length=500)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("kind", "code", "valid_from"), name="place_code"),
        )
        indexes = (models.Index(fields=("parent_code", "order_key"), name="place_of_province"),)

    def __str__(self) -> str:
        return self.full_name
