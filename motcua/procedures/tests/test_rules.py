"""What follows from a procedure's content."""

from dataclasses import replace

import pytest

from motcua.procedures import rules
from motcua.procedures.importing import cleaning, reading
from motcua.procedures.importing.cleaning import RawPaper
from motcua.procedures.importing.flaws import Flaws
from motcua.procedures.types import (
    ChannelTerm,
    Detail,
    Duration,
    Fee,
    LegalBasis,
    Met,
    ResultKind,
    Slot,
    StepText,
    detail_from_json,
)

ONLINE = ChannelTerm("online", Duration(3, "working_day"), free=True)
FULL = Detail(
    code="1.000001",
    name="Thử",
    levels=("Cấp xã",),
    subjects=("Công dân Việt Nam",),
    steps=(StepText("Nộp hồ sơ."),),
    channels=(ONLINE,),
    results=(ResultKind("Giấy"),),
    legal_bases=(LegalBasis("1/2020/QH14"),),
)


def test_a_procedure_that_meets_every_condition_is_fully_online() -> None:
    level = rules.online_level(FULL)

    assert (level.is_full, level.reasons) == (True, ())
    assert [condition.number for condition in level.conditions] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert {condition.met for condition in level.conditions} == {Met.YES}


def test_every_failing_condition_is_told_with_its_law() -> None:
    detail = replace(
        FULL,
        channels=(replace(ONLINE, free=False, fees=(Fee(10000),)),),
        steps=(StepText("Hai bên nam, nữ phải có mặt ký vào sổ hộ tịch. Xong."),),
        needs_site_visit="đo đất",
    )

    level = rules.online_level(detail)

    assert not level.is_full
    assert len(level.reasons) == 3
    assert any("1/2020/QH14" in reason and "có mặt" in reason for reason in level.reasons)
    assert len(rules.online_level(detail, online_payment=True).reasons) == 2


def test_without_an_online_channel_it_is_partly_online() -> None:
    level = rules.online_level(replace(FULL, channels=(replace(ONLINE, channel="direct"),)))
    assert "chưa mở nộp trực tuyến" in level.reasons[0]


def test_the_longest_online_limit_binds() -> None:
    terms = (
        replace(ONLINE, duration=Duration(20, "working_hour")),
        replace(ONLINE, duration=Duration(5, "working_day")),
        ChannelTerm("direct", Duration(30, "working_day")),
    )
    assert rules.legal_limit(terms) == Duration(5, "working_day")


def test_fees_are_told_in_one_line_and_a_doubtful_one_is_not_quoted() -> None:
    paid = ChannelTerm("online", fees=(Fee(10000), Fee(20000)))
    assert rules.fee_text([ONLINE]) == "Không mất phí"
    assert rules.fee_text([paid]) == "Từ 10.000 đồng đến 20.000 đồng, tùy trường hợp"
    doubtful = ChannelTerm("online", fees=(Fee(120, doubtful=True),))
    assert "120" not in rules.fee_text([doubtful])
    assert (
        rules.fee_text([ChannelTerm("direct", fees=(Fee(9000, kind="cap"),))])
        == "Tối đa 9.000 đồng"
    )


@pytest.mark.parametrize(
    ("local", "legal", "kept"),
    [
        (Duration(3, "working_day"), Duration(3, "working_day"), True),
        (Duration(24, "working_hour"), Duration(3, "working_day"), True),
        (Duration(25, "working_hour"), Duration(3, "working_day"), False),
        # Over Tết seven working days end after ten days, and 21 after a month.
        (Duration(7, "working_day"), Duration(10, "calendar_day"), False),
        (Duration(21, "working_day"), Duration(1, "month"), False),
        (Duration(1, "month"), Duration(2, "month"), True),
        (Duration(1, "working_day"), None, False),
    ],
)
def test_a_promise_is_kept_within_the_law_whatever_the_calendar(
    local: Duration, legal: Duration | None, kept: bool
) -> None:
    assert rules.keeps_within(local, legal) is kept


def test_amounts_in_two_currencies_are_not_added_up_into_one_range() -> None:
    fees = (Fee(20000), Fee(10, currency="USD"), Fee(10000))
    assert (
        rules.fee_text([ChannelTerm("direct", fees=fees)])
        == "Từ 10.000 đồng đến 20.000 đồng; 10 USD, tùy trường hợp"
    )
    assert rules.fee_text([ChannelTerm("direct", fees=fees[1:2])]) == "10 USD"


def test_a_note_that_speaks_of_no_time_is_no_time_limit() -> None:
    channels = (ChannelTerm("online", note="Nộp tại Bộ phận Một cửa"),)
    assert rules.limit_text(None, channels) == "Theo giấy hẹn của cơ quan tiếp nhận"
    assert rules.limit_text(None, (ChannelTerm("online", note="Ngay khi nhận đủ"),)) == (
        "Ngay khi nhận đủ"
    )


def test_money_is_read_as_people_write_it() -> None:
    read = [reading.money(v) for v in (8000, "1.000.000", "10,000 đồng", "không", "", "theo mức")]
    assert read == [8000, 1000000, 10000, 0, 0, None]


def test_a_paper_that_speaks_of_an_if_is_not_required_of_everyone() -> None:
    papers = [
        RawPaper(
            "- Giấy chứng sinh; trường hợp không có thì nộp văn bản", "* Giấy tờ phải nộp:", 1, 0
        ),
        RawPaper("Trường hợp ủy quyền thì nộp văn bản ủy quyền", "", 1, 0),
        RawPaper("Căn cước", "* Giấy tờ phải xuất trình:", 1, 0),
        RawPaper("Lưu ý chung", "", 0, 0),
        RawPaper("Hợp đồng thuê", "Thuê nhà của người khác", 0, 1),
    ]

    found = cleaning.slots(papers, Flaws(1))

    assert [slot.required for slot in found.slots] == [True, False, False, True]
    assert [slot.case for slot in found.slots] == ["", "", "", "Thuê nhà của người khác"]
    assert found.notes == ("Lưu ý chung",)


def test_who_fills_the_electronic_form_is_not_asked_for_the_paper_one() -> None:
    slots = (Slot("p1", "Tờ khai đăng ký khai sinh"), Slot("p2", "Giấy chứng sinh"))
    assert [s.code for s in rules.slots_to_file(slots, has_own_form=True)] == ["p2"]
    assert len(rules.slots_to_file(slots, has_own_form=False)) == 2


def test_the_electronic_form_itself_is_not_asked_for_as_a_paper() -> None:
    name = "- Mẫu hộ tịch điện tử tương tác đăng ký khai sinh (do người yêu cầu cung cấp thông tin)"

    assert rules.is_form_paper(Slot("p1", name))
    assert not rules.is_form_paper(Slot("p2", "Mẫu vật phân tích"))


def test_a_detail_survives_its_stored_form() -> None:
    detail = replace(FULL, slots=(Slot("p1", "Giấy"),), guide=("Một",))
    assert detail_from_json(detail.as_json()) == detail
