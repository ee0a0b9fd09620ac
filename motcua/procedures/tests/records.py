"""A small source of our own, with every flaw of the real one."""

import gzip
import json
from pathlib import Path
from typing import Any


def a_record(
    code: str = "1.000001", name: str = "Đăng ký nuôi ong", **changes: Any
) -> dict[str, Any]:
    """A whole record in the shape of the crawl."""
    record = {
        "code": code,
        "name": name,
        "kind": "Loại thử",
        "ministry_code": "G00",
        "ministry": "Bộ Thử nghiệm",
        "decision": "1/QĐ-BTN",
        "levels": ["Cấp xã"],
        "field": "Nuôi ong",
        "subjects": ["Công dân Việt Nam"],
        "executing_agencies": ["Ủy ban nhân dân cấp xã"],
        "steps": [{"order": 1, "text": "Nộp hồ sơ."}],
        "channels": [
            {
                "channel": "online",
                "options": [
                    {
                        "duration": {"value": 3, "unit": "Ngày làm việc"},
                        "free": True,
                        "fees": [],
                        "text": "Miễn phí",
                    }
                ],
            }
        ],
        "document_cases": [
            {"case": "", "documents": [{"name": "Đơn nuôi ong", "original": 1, "copy": 0}]}
        ],
        "results": [{"code": "KQ.1", "name": "Giấy phép nuôi ong"}],
        "legal_documents": ["1/2020/QH14"],
    }
    return {**record, **changes}


def a_file(folder: Path, *records: Any, packed: bool = False) -> Path:
    """A jsonl file of these records."""
    body = "\n".join(
        record if isinstance(record, str) else json.dumps(record, ensure_ascii=False)
        for record in records
    )
    path = folder / ("source.jsonl.gz" if packed else "source.jsonl")
    path.write_bytes(gzip.compress(body.encode()) if packed else body.encode())
    return path


def a_packet(code: str = "1.000002", **changes: Any) -> dict[str, Any]:
    """A LayThuTuc packet."""
    packet = {
        "MATTHC": code,
        "TENTTHC": "Đăng ký thả diều",
        "MACOQUANCONGBO": "000.00.00.G00",
        "LOAITTHC": "1",
        "TRANGTHAI": "1",
        "LINHVUCTHUCHIEN": [{"MALINHVUC": "G00-01", "TENLINHVUC": "Trò chơi"}],
        "CAPTHUCHIEN": [{"CAPTHUCHIEN": "4", "TENCAP": "Cấp Xã"}],
        "DOITUONGTHUCHIEN": [{"TENDOITUONG": "Công dân Việt Nam"}],
        "COQUANTHUCHIEN": [{"TENDONVI": "Ủy ban nhân dân cấp xã"}],
        "COQUANPHOIHOP": None,
        "TRINHTUTHUCHIEN": [{"TRUONGHOP": "", "TRINHTU": [{"TENTRINHTU": "Bước 1"}]}],
        "CACHTHUCTHUCHIEN": [
            {
                "KENH": "2",
                "THOIGIAN": [
                    {
                        "THOIGIANGIAIQUYET": "3",
                        "DONVITINH": "Ngày làm việc",
                        "PHILEPHI": [{"MAPHILEPHI": "2", "SOTIEN": "1.000.000", "MOTA": ""}],
                    }
                ],
            }
        ],
        "THANHPHANHOSO": [
            {
                "TRUONGHOP": "",
                "GIAYTO": [{"TENGIAYTO": "Ảnh diều", "SOBANCHINH": "1", "SOBANSAO": "0"}],
            }
        ],
        "KETQUATHUCHIEN": [{"MAKETQUA": "KQ.2", "TENKETQUA": "Giấy phép thả diều"}],
        "CANCUPHAPLY": [{"SOVANBAN": "2/2020/QH14", "TENVANBAN": "Luật thử"}],
    }
    return {**packet, **changes}
