"""Importing official procedures: nothing is lost, nothing is hidden, nothing is done twice."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from motcua.core.errors import NotFound
from motcua.procedures.actions.abolishing import abolish_procedure
from motcua.procedures.actions.importing import Tally, import_readings
from motcua.procedures.importing.sources import readings
from motcua.procedures.models import FormVersion, Procedure, ProcedureVersion
from motcua.procedures.queries import published_terms, terms_of
from motcua.procedures.tests.records import a_file, a_packet, a_record

pytestmark = pytest.mark.django_db
REAL = Path(__file__).parents[4] / "shared" / "data" / "tthc" / "procedures.jsonl.gz"


def imported(path: Path, *, publish: bool = True) -> Tally:
    return import_readings(readings(path), publish=publish)


def option(**changes: object) -> list[dict[str, object]]:
    plain = {"duration": {"value": 3, "unit": "Ngày"}, "free": False, "fees": [], "text": ""}
    return [{"channel": "direct", "options": [{**plain, **changes}]}]


def test_a_record_becomes_a_published_procedure_that_can_be_filed(tmp_path: Path) -> None:
    tally = imported(a_file(tmp_path, a_record(), packed=True))

    terms = published_terms("1.000001")
    assert (tally.created, tally.published, tally.flaws) == (1, 1, [])
    assert terms.time_limit is not None and terms.time_limit.value == 3
    assert [slot.name for slot in terms.slots] == ["Đơn nuôi ong"]
    assert terms.form.pages


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    path = a_file(tmp_path, a_record(), a_record("1.000003"))
    imported(path)

    again = imported(path)

    assert (again.created, again.changed, again.unchanged, again.published) == (0, 0, 2, 0)
    assert ProcedureVersion.objects.filter(field__name="Nuôi ong").count() == 2


def test_a_change_is_a_new_draft_and_old_dossiers_keep_their_terms(tmp_path: Path) -> None:
    imported(a_file(tmp_path, a_record()))
    before = published_terms("1.000001")
    ProcedureVersion.objects.filter(pk=before.version_id).update(
        local_limit_value=2, local_limit_unit="working_day"
    )

    tally = imported(a_file(tmp_path, a_record(name="Đăng ký nuôi ong mật")), publish=False)

    assert tally.changed == 1
    assert published_terms("1.000001").version_id == before.version_id
    imported(a_file(tmp_path, a_record(name="Đăng ký nuôi ong mật")))
    now = published_terms("1.000001")
    assert (now.version_number, now.procedure_name) == (2, "Đăng ký nuôi ong mật")
    assert now.time_limit is not None and now.time_limit.value == 2
    assert terms_of(before.version_id).procedure_name == "Đăng ký nuôi ong"


def test_an_import_keeps_the_form_of_the_authority(tmp_path: Path) -> None:
    definition = {
        "form_key": "ong",
        "title": "Tờ khai nuôi ong",
        "sections": [
            {"key": "a", "title": "A", "fields": [{"key": "b", "label": "B", "type": "text"}]}
        ],
    }
    FormVersion.objects.create(
        form_key="ong", version=1, procedure_codes=["1.000001"], definition=definition
    )
    imported(a_file(tmp_path, a_record()))
    imported(a_file(tmp_path, a_record(decision="2/QĐ")))

    assert published_terms("1.000001").form.key == "ong"


def test_an_import_keeps_what_was_explained_to_people(tmp_path: Path) -> None:
    imported(a_file(tmp_path, a_record()))
    mine = ProcedureVersion.objects.filter(procedure__code="1.000001")
    told = mine.get().detail_values | {"summary": "Cho ai có ong.", "guide": ["Đến gặp ông Sáu."]}
    mine.update(detail_values=told)

    imported(a_file(tmp_path, a_record(decision="2/QĐ")))

    detail = mine.get(number=2).detail
    assert (detail.decision, detail.summary) == ("2/QĐ", "Cho ai có ong.")
    assert detail.guide == ("Đến gặp ông Sáu.",)
    again = imported(a_file(tmp_path, a_record(decision="2/QĐ")))
    assert again.changed == 0


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"channels": option(duration={"value": 3, "unit": ""})}, "Thời hạn không có đơn vị"),
        ({"channels": option(fees=[{"amount": 120}])}, "Số tiền dưới 1.000 đồng"),
        (
            {"channels": option(fees=[{"amount": 9000, "note": "tối đa 9.000"}])},
            "Mức trần lẫn với mức thu",
        ),
        (
            {"channels": option(free=True, text="Miễn phí(cấp lại 5.000 đồng)")},
            "Ghi miễn phí nhưng có mức thu",
        ),
        (
            {"document_cases": [{"case": "", "documents": [{"name": "Lưu ý", "original": 0}]}]},
            "Giấy tờ 0 bản chính, 0 bản sao",
        ),
        ({"executing_agencies": []}, "Thiếu cơ quan thực hiện"),
        ({"results": None}, "Thiếu kết quả"),
    ],
)
def test_every_known_flaw_is_survived_and_reported(
    tmp_path: Path, changes: dict[str, Any], problem: str
) -> None:
    tally = imported(a_file(tmp_path, a_record(**changes)))

    assert problem in [flaw.problem for flaw in tally.flaws]
    assert tally.published == 1


def test_nothing_is_dropped_silently(tmp_path: Path) -> None:
    path = a_file(
        tmp_path,
        a_record(), a_record(), a_record(name="Khác"), "{không phải json", "[1]", '"chữ"',
        a_record("abc"), a_record("1.000009", name=""), a_record("1.000008", channels="sai"),
    )  # fmt: skip

    tally = imported(path)

    reported = {flaw.row for flaw in tally.flaws}
    assert tally.read == 9
    assert tally.created + tally.duplicates + tally.refused == 9
    assert {2, 3, 4, 5, 6, 7, 8, 9} <= reported


@pytest.mark.parametrize("wrapped", ["single", "list", "envelope"])
def test_the_national_packet_is_read_however_it_is_wrapped(tmp_path: Path, wrapped: str) -> None:
    packet = a_packet()
    body = {
        "single": packet,
        "list": [packet],
        "envelope": {"message": json.dumps(packet, ensure_ascii=False)},
    }[wrapped]
    path = tmp_path / "goi.json"
    path.write_text(json.dumps(body, ensure_ascii=False), "utf-8")

    imported(path)

    terms = published_terms("1.000002")
    assert terms.levels == ("Cấp xã",)
    assert terms.fee_text == "1.000.000 đồng"
    assert terms.result_names == ("Giấy phép thả diều",)


def test_an_abolished_procedure_leaves_the_list_but_not_its_dossiers(tmp_path: Path) -> None:
    imported(a_file(tmp_path, a_record()))
    version_id = published_terms("1.000001").version_id

    abolish_procedure(code="1.000001", decision="Quyết định 9/QĐ")

    assert Procedure.objects.get(code="1.000001").abolished_at
    with pytest.raises(NotFound):
        published_terms("1.000001")
    assert terms_of(version_id).procedure_code == "1.000001"


def test_the_command_tells_and_writes_the_flaws(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = a_file(tmp_path, a_record(results=None))
    report = tmp_path / "loi.csv"

    call_command("import_procedures", str(path), "--publish", "--report", str(report))

    assert "Thiếu kết quả" in capsys.readouterr().out
    assert "1.000001,results,Thiếu kết quả" in report.read_text("utf-8-sig")


@pytest.mark.slow
@pytest.mark.skipif(not REAL.exists(), reason="dữ liệu thật không đi kèm sản phẩm")
def test_the_real_catalogue_comes_in_within_bounds_and_stands_still() -> None:
    started = time.monotonic()
    first = imported(REAL)
    between = time.monotonic()
    second = imported(REAL)

    assert (first.created + first.changed, first.refused, first.published) == (2642, 0, 2642)
    assert second.unchanged == 2642
    assert between - started <= 60
    assert time.monotonic() - between <= 20
