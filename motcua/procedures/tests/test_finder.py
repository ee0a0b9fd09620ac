"""The finder answers as people ask."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.procedures.actions.abolishing import abolish_procedure
from motcua.procedures.actions.importing import import_readings
from motcua.procedures.actions.seeding import seed_catalogue, starter_details
from motcua.procedures.finder.index import Entry, Index
from motcua.procedures.finder.words import wanted
from motcua.procedures.importing.sources import readings
from motcua.procedures.queries import find, life_events, procedure_page, published_terms
from motcua.procedures.types import Filters

SHARED = Path(__file__).parents[4] / "shared" / "data"
REAL = SHARED / "tthc" / "procedures.jsonl.gz"


@pytest.fixture
def catalogue(db: None) -> None:
    seed_catalogue()


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("đăng ký khai sinh", "1.001193"),
        ("dang ky khai sinh", "1.001193"),
        ("đăng kí khai sinh", "1.001193"),
        ("dang ky khai sihn", "1.001193"),
        ("khaisinh", "1.001193"),
        ("lam khai sinh cho con", "1.001193"),
        ("mở quán cà phê", "1.001612"),
        ("mo quan ca phe", "1.001612"),
        ("tôi muốn mở tiệm tạp hóa nhỏ", "1.001612"),
        ("ông ngoại em mới mất", "1.000656"),
        ("bà nội tôi qua đời ở nhà", "1.000656"),
        ("sắp cưới thì ra phường làm gì", "1.000894"),
        ("giấy chứng nhận độc thân", "1.004873"),
        ("sao y bằng đại học", "2.000815"),
        ("chuyển hộ khẩu về nhà chồng", "1.004222"),
        ("thuê trọ phải khai báo gì", "1.004194"),
        ("xây nhà cấp 4", "1.013225"),
        ("nghỉ bán luôn, trả giấy phép kinh doanh", "1.001266"),
        ("sửa ngày sinh trong giấy khai sinh", "1.004859"),
        ("lam can cuoc", "1.014061"),
        ("làm căn cước cho con nhỏ", "1.014062"),
        ("mất căn cước", "1.014064"),
        ("làm hộ chiếu", "1.001456"),
        ("giấy xác nhận cư trú", "1.010041"),
        ("1.001193", "1.001193"),
        ("thủ tục mã 1001193", "1.001193"),
    ],
)
def test_an_everyday_question_is_answered_first(catalogue: None, question: str, code: str) -> None:
    assert code in [found.code for found in find(question, limit=3).found]


def test_what_it_is_not_about_is_left_out(catalogue: None) -> None:
    found = find("cấp lại giấy phép xây dựng, không phải cấp mới").found
    assert found[0].code == "1.013228"


def test_answers_say_agency_time_fee_and_level(catalogue: None) -> None:
    first = find("đăng ký khai sinh").found[0]
    assert first.agency == "Ủy ban nhân dân cấp xã"
    assert (first.time_text, first.fee_text) == ("Trong ngày làm việc", "Không mất phí")
    assert first.level_name == "Toàn trình"


def test_filters_narrow_and_facets_count(catalogue: None) -> None:
    everything = find("", Filters(), limit=100)
    fields = {facet.value: facet.count for facet in everything.facets["field"]}
    narrowed = find("", Filters(field="Chứng thực"), limit=100)

    assert narrowed.total == fields["Chứng thực"] == 4
    assert find("", Filters(level="Cấp bộ")).total == 0
    assert find("", Filters(audience="organisation")).total > 0
    assert find("khai sinh", Filters(agency="Công an cấp xã")).total == 0


def test_every_life_event_that_the_starter_catalogue_serves_has_answers(catalogue: None) -> None:
    served = [event.slug for event in life_events() if find("", Filters(event=event.slug)).total]
    assert len(life_events()) == 12
    assert len(served) >= 8


@pytest.mark.parametrize(
    ("event", "first"),
    [
        ("sinh-con", ["1.001193"]),
        ("ket-hon", ["1.000894"]),
        ("cu-tru", ["1.004222", "1.004194"]),
    ],
)
def test_in_a_life_event_what_people_come_for_stands_first(
    catalogue: None, event: str, first: list[str]
) -> None:
    found = [each.code for each in find("", Filters(event=event)).found]

    assert found[: len(first)] == first


def test_nonsense_finds_nothing_and_breaks_nothing(catalogue: None) -> None:
    assert find("qzxwv").found == ()
    assert find("9.999999").found == ()


def test_an_abolished_procedure_is_gone_at_once(catalogue: None) -> None:
    find("khai sinh")
    abolish_procedure(code="1.001193", decision="Quyết định 9/QĐ")
    assert "1.001193" not in [found.code for found in find("khai sinh", limit=50).found]


def test_the_command_gives_the_same_answer(
    catalogue: None, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("find_procedure", "khai sinh", "--json", "--limit", "4")
    codes = json.loads(capsys.readouterr().out)["codes"]
    assert codes == [found.code for found in find("khai sinh", limit=4).found]


def test_the_starter_catalogue_is_whole_and_is_seeded_once(catalogue: None) -> None:
    details = list(starter_details())
    again = seed_catalogue()

    assert len(details) >= 40
    assert again.created == 0
    assert all(d.summary and d.agencies and d.results and d.legal_bases for d in details)
    assert published_terms("1.001193").form.key == "to_khai_dang_ky_khai_sinh"
    assert procedure_page("1.000894").level.reasons


INDEX = Index([Entry("1.000001", "Đăng ký nuôi ong", "Ong", (), (), ())])


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_answered_without_failing(text: str) -> None:
    INDEX.answer(text, Filters())
    wanted(text)


@pytest.mark.slow
@pytest.mark.skipif(not REAL.exists(), reason="dữ liệu thật không đi kèm sản phẩm")
@pytest.mark.django_db
def test_recall_over_the_real_catalogue(capsys: pytest.CaptureFixture[str]) -> None:
    import_readings(readings(REAL), publish=True)
    call_command("search_quality", str(SHARED / "qa" / "citizen_questions.jsonl"))
    line = capsys.readouterr().out
    assert float(line.split("recall@5 ")[1].split(",")[0]) >= 0.85
    assert float(line.split("p95 ")[1].split(" ms")[0]) <= 30
