"""The eight conditions of full online service: each one judged, each that is not met told in words."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from motcua.procedures import rules
from motcua.procedures.actions.levels import refresh_levels
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import published_terms
from motcua.procedures.tests.test_rules import FULL, ONLINE
from motcua.procedures.types import Detail, Fee, Met, Slot, StepText

BIRTH = "1.001193"
FORM_PAPER = (Slot("p1", "Tờ khai nuôi ong"),)


def judged(detail: Detail, **how: Any) -> dict[int, Met]:
    return {one.number: one.met for one in rules.online_level(detail, **how).conditions}


@pytest.mark.parametrize(
    ("changes", "number", "met", "told"),
    [
        ({"legal_bases": (), "results": ()}, 1, Met.NO, "thiếu kết quả, căn cứ pháp lý"),
        ({"slots": FORM_PAPER}, 2, Met.NO, "chưa có mẫu để tải về: Tờ khai nuôi ong"),
        ({"channels": (replace(ONLINE, channel="post"),)}, 3, Met.NO, "chưa mở nộp trực tuyến"),
        ({"conditions": "Nộp hồ sơ giấy qua bưu điện."}, 4, Met.NO, "Nộp hồ sơ giấy"),
        ({"channels": (replace(ONLINE, free=False, fees=(Fee(9000),)),)}, 5, Met.NO, "nộp phí"),
        ({"channels": (replace(ONLINE, free=False),)}, 5, Met.UNKNOWN, "chưa rõ có phải nộp phí"),
        ({"needs_presence": "ký vào sổ."}, 6, Met.NO, "Phải có mặt"),
        ({"steps": (StepText("Đo đạc tại thực địa."),)}, 6, Met.NO, "kiểm tra tại chỗ"),
        ({"steps": ()}, 6, Met.UNKNOWN, "nguồn không ghi trình tự"),
        ({"results": ()}, 7, Met.UNKNOWN, "chưa rõ kết quả là giấy tờ gì"),
        ({"steps": (StepText("Đến nhận kết quả trực tiếp."),)}, 8, Met.NO, "Phải có mặt: Đến nhận"),
    ],
)
def test_each_condition_that_is_not_met_is_told(
    changes: dict[str, Any], number: int, met: Met, told: str
) -> None:
    level = rules.online_level(replace(FULL, **changes))

    assert not level.is_full
    assert {one.number: one.met for one in level.conditions}[number] is met
    assert any(told in reason for reason in level.reasons)


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("Người dân đến nhận kết quả trực tiếp hoặc đăng ký nhận kết quả qua bưu chính.", 8),
        ("Người nộp đăng ký nhận kết quả.", 8),
        ("Nộp bản sao hồ sơ giấy chứng nhận.", 4),
        ("Hồ sơ giấy phép được trả lại.", 4),
        ("Tổ chức phải trực tiếp nộp hoặc gửi hồ sơ qua dịch vụ bưu chính.", 6),
        ("Phải trực tiếp đến nộp hoặc nộp trực tuyến.", 6),
    ],
)
def test_a_sentence_that_offers_another_way_asks_nobody_to_come(sentence: str, number: int) -> None:
    told = replace(FULL, steps=(StepText(sentence),))
    assert judged(told)[number] is Met.YES


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("Công dân ký nhận kết quả.", 8),
        ("Nộp trực tuyến. Đến nhận kết quả trực tiếp tại cơ quan.", 8),
        ("Nộp hồ sơ giấy đến cơ quan.", 4),
        ("Nộp hồ sơ giấy.", 4),
        ("Phải trực tiếp đến nộp.", 6),
        ("Nộp trực tuyến thì khi nhận phải có mặt, ký vào sổ hộ tịch.", 6),
    ],
)
def test_a_sentence_that_leaves_no_other_way_is_told(sentence: str, number: int) -> None:
    told = replace(FULL, steps=(StepText(sentence),))
    assert judged(told)[number] is Met.NO


def test_what_the_source_does_not_take_online_is_not_fully_online() -> None:
    level = rules.online_level(replace(FULL, is_offline=True))
    assert not level.is_full
    assert "chưa mở nộp trực tuyến" in level.reasons[0]


def test_every_reason_is_of_a_category_that_the_law_lets_stand() -> None:
    worst = replace(
        FULL, channels=(), results=(), steps=(), legal_bases=(), slots=FORM_PAPER,
        needs_presence="ký vào sổ.", needs_site_visit="đo đất.",
    )  # fmt: skip

    reasons = rules.online_level(worst).reasons

    categories = ("Phải có mặt", "Pháp luật quy định kiểm tra tại chỗ", rules.OTHER_TECHNICAL)
    assert len(reasons) >= 5
    assert all(reason.startswith(categories) for reason in reasons)
    assert len(set(reasons)) == len(reasons)


def test_a_template_is_had_as_a_form_or_a_file_and_not_known_from_the_page_of_the_source() -> None:
    asked = replace(FULL, slots=FORM_PAPER)
    linked = replace(asked, slots=(replace(FORM_PAPER[0], form_url="https://example.vn/m"),))

    assert judged(asked)[2] is Met.NO
    assert judged(asked, has_own_form=True)[2] is Met.YES
    assert judged(linked)[2] is Met.YES
    assert judged(replace(asked, source_url="https://example.vn/tt"))[2] is Met.UNKNOWN


def test_a_fee_that_can_be_paid_here_stands_in_nobodys_way() -> None:
    paid = replace(FULL, channels=(replace(ONLINE, free=False, fees=(Fee(9000),)),))
    assert rules.online_level(paid, online_payment=True).is_full


@pytest.mark.django_db
def test_the_page_names_the_conditions_and_the_terms_carry_them_to_the_start_page(
    client: Client,
) -> None:
    text = client.get("/thu-tuc/1.000894/").content.decode()
    level = published_terms("1.000894").online_level

    assert "Tám điều kiện của dịch vụ công trực tuyến toàn trình" in text
    assert text.count("<strong>đạt</strong>") + text.count("<strong>chưa đạt</strong>") == 8
    assert not level.is_full
    assert level.reasons
    assert all(reason in text for reason in level.reasons)


@pytest.mark.django_db
def test_lists_follow_when_the_conditions_are_judged_differently() -> None:
    version = ProcedureVersion.objects.get(pk=published_terms(BIRTH).version_id)
    was = (version.is_full_online, version.level_reasons, version.detail_values)
    ProcedureVersion.objects.filter(pk=version.pk).update(
        is_full_online=not version.is_full_online, level_reasons=["cũ"]
    )

    assert refresh_levels() == 1

    version.refresh_from_db()
    assert (version.is_full_online, version.level_reasons, version.detail_values) == was
    assert refresh_levels() == 0
