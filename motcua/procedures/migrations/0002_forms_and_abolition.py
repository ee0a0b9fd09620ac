"""Abolition by decision; every published version holds on to the form it was published with."""

from django.db import migrations, models

TITLE = "Đơn đề nghị"
# The generic form as it was on the day of this migration: a migration does the same thing for ever.
FORM = {
    "form_key": "don_de_nghi",
    "version": 2,
    "owner": {
        "name": "chu.hoTen",
        "national_id": "chu.soDinhDanh",
        "address": "chu.diaChi",
        "phone": "chu.soDienThoai",
    },
    "sections": [
        {
            "key": "nyc",
            "title": "Người nộp hồ sơ",
            "fields": [
                {"key": "hoTen", "label": "Họ, chữ đệm và tên", "type": "text", "required": True},
                {"key": "ngaySinh", "label": "Ngày sinh", "type": "date", "required": True},
                {
                    "key": "soDinhDanh",
                    "label": "Số định danh cá nhân",
                    "type": "text",
                    "required": True,
                    "check": "national_id",
                },
                {"key": "diaChi", "label": "Nơi cư trú", "type": "address", "required": True},
                {
                    "key": "soDienThoai",
                    "label": "Số điện thoại",
                    "type": "phone",
                    "required": True,
                },
                {"key": "email", "label": "Thư điện tử", "type": "email"},
                {
                    "key": "nopCho",
                    "label": "Nộp hồ sơ cho",
                    "type": "select",
                    "required": True,
                    "default": "1",
                    "options": [
                        {"value": "1", "label": "Cho chính tôi"},
                        {"value": "2", "label": "Cho người khác hoặc cho tổ chức"},
                    ],
                },
            ],
        },
        {
            "key": "chu",
            "title": "Chủ hồ sơ",
            "when": {"===": [{"var": "nyc.nopCho"}, "2"]},
            "fields": [
                {
                    "key": "hoTen",
                    "label": "Họ, chữ đệm và tên, hoặc tên tổ chức",
                    "type": "text",
                    "required": True,
                    "hint": "Người hoặc tổ chức được nhận kết quả",
                },
                {
                    "key": "soDinhDanh",
                    "label": "Số định danh cá nhân hoặc mã số doanh nghiệp",
                    "type": "text",
                    "required": True,
                    "check": "person_or_enterprise",
                },
                {"key": "diaChi", "label": "Địa chỉ", "type": "address", "required": True},
                {"key": "soDienThoai", "label": "Số điện thoại", "type": "phone"},
                {
                    "key": "quanHe",
                    "label": "Tư cách nộp thay",
                    "type": "text",
                    "required": True,
                    "hint": "Ví dụ: con, người giám hộ, người được ủy quyền",
                },
            ],
        },
        {
            "key": "nd",
            "title": "Nội dung đề nghị",
            "fields": [
                {
                    "key": "noiDung",
                    "label": "Nội dung đề nghị giải quyết",
                    "type": "textarea",
                    "required": True,
                    "hint": "Ghi rõ việc ông/bà đề nghị và lý do, bằng lời của mình",
                }
            ],
        },
    ],
}


def pin_the_generic_form(apps, schema_editor):
    """Until now “no form” meant the generic form of the code: give those versions that form's row."""
    versions = apps.get_model("procedures", "ProcedureVersion").objects.filter(form=None)
    versions = versions.exclude(status="draft")
    if not versions.exists():
        return
    form, _ = apps.get_model("procedures", "FormVersion").objects.get_or_create(
        form_key=FORM["form_key"],
        version=FORM["version"],
        defaults={"title": TITLE, "definition": FORM | {"title": TITLE}},
    )
    versions.update(form=form)


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="procedure",
            name="abolished_on",
            field=models.DateField(blank=True, null=True, verbose_name="bãi bỏ từ ngày"),
        ),
        migrations.AddField(
            model_name="procedure",
            name="abolished_by",
            field=models.CharField(blank=True, max_length=250, verbose_name="quyết định bãi bỏ"),
        ),
        migrations.RunPython(pin_the_generic_form, migrations.RunPython.noop),
    ]
