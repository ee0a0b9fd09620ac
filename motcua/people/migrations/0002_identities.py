"""Identities of outside sign-in services; who acts for whom."""

import django.db.models.deletion
from django.db import migrations, models

KINDS = [
    ("person", "Cá nhân"),
    ("enterprise", "Doanh nghiệp"),
    ("organisation", "Tổ chức"),
    ("agency", "Cơ quan nhà nước"),
]
ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def to(model: str, related_name: str, *, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to=model,
    )


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="kind",
            field=models.CharField(
                choices=KINDS, default="person", max_length=12, verbose_name="loại tài khoản"
            ),
        ),
        migrations.AlterField(
            model_name="person",
            name="national_id",
            field=models.CharField(
                max_length=14, unique=True, verbose_name="số định danh cá nhân"
            ),
        ),
        migrations.CreateModel(
            name="SpentMark",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="ExternalIdentity",
            fields=[
                ("id", ID.clone()),
                ("service", models.CharField(max_length=40)),
                ("tech_id", models.CharField(max_length=260, verbose_name="TechID")),
                (
                    "level",
                    models.PositiveSmallIntegerField(verbose_name="mức độ khi đăng nhập lần cuối"),
                ),
                ("linked_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("person", to("people.person", "identities")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("service", "tech_id"), name="one_account_per_tech_id"
                    ),
                    models.UniqueConstraint(
                        fields=("service", "person"), name="one_tech_id_per_account"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="LinkConflict",
            fields=[
                ("id", ID.clone()),
                ("service", models.CharField(max_length=40)),
                ("tech_id", models.CharField(max_length=260)),
                ("kind", models.CharField(max_length=12)),
                ("number", models.CharField(max_length=14)),
                ("name", models.CharField(max_length=200)),
                ("why", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.CharField(blank=True, max_length=200)),
                ("was_joined", models.BooleanField(null=True)),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="lý do")),
                ("person", to("people.person", "+", null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("service", "tech_id"),
                        name="one_open_conflict",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", ID.clone()),
                (
                    "tax_code",
                    models.CharField(max_length=14, unique=True, verbose_name="mã số thuế"),
                ),
                ("name", models.CharField(max_length=200, verbose_name="tên")),
                ("kind", models.CharField(choices=KINDS, max_length=12)),
                (
                    "representative",
                    models.CharField(blank=True, max_length=200, verbose_name="người đại diện"),
                ),
                (
                    "address",
                    models.CharField(blank=True, max_length=300, verbose_name="địa chỉ"),
                ),
                (
                    "own",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisation",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", ID.clone()),
                (
                    "number",
                    models.CharField(db_index=True, max_length=14, verbose_name="số định danh"),
                ),
                ("name", models.CharField(max_length=200, verbose_name="họ tên")),
                ("role", models.CharField(max_length=100, verbose_name="chức vụ, công việc")),
                ("from_on", models.DateField()),
                ("to_on", models.DateField(null=True)),
                ("added_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("organisation", to("people.organisation", "members")),
            ],
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                ("id", ID.clone()),
                ("attorney_number", models.CharField(db_index=True, max_length=14)),
                ("attorney_name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("attorney", "Người được ủy quyền"),
                            ("hired", "Người, đơn vị được thuê nộp hộ"),
                            ("guardian", "Người giám hộ"),
                            ("postal", "Nhân viên bưu chính công ích"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "procedures",
                    models.JSONField(default=list, verbose_name="thủ tục, trống là tất cả"),
                ),
                ("from_on", models.DateField()),
                ("to_on", models.DateField()),
                (
                    "result_store",
                    models.CharField(
                        choices=[
                            ("owner", "Kho của người ủy quyền"),
                            ("attorney", "Kho của người được ủy quyền"),
                            ("both", "Kho của cả hai bên"),
                            ("none", "Không lưu kho"),
                        ],
                        max_length=10,
                    ),
                ),
                ("document_digest", models.CharField(max_length=64)),
                ("document_name", models.CharField(max_length=255)),
                ("document_kind", models.CharField(max_length=60)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("grantor", to("people.person", "mandates")),
            ],
            options={
                "indexes": [models.Index(fields=["document_digest"], name="mandate_digest")]
            },
        ),
    ]
