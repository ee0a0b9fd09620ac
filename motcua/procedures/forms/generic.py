"""The form of every procedure that has none of its own: who files, for whom, and what is asked."""

from typing import Any

FORM: dict[str, Any] = {
    "form_key": "don_de_nghi",
    "version": 3,
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
                    "label": "Số định danh cá nhân hoặc số hộ chiếu",
                    "type": "text",
                    "required": True,
                    "check": "person",
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
                    "label": "Số định danh cá nhân, mã số doanh nghiệp hoặc số hộ chiếu",
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
