"""What fits a telephone: numbers, words without accents, parts of 160, hours."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from motcua.notices import rules, seeds
from motcua.notices.rules.phones import GSM, MOST_PARTS, PART
from motcua.notices.rules.ways import KINDS
from motcua.notices.types import Channel, Kind

HANOI = timezone(timedelta(hours=7))
HOURS = st.tuples(st.integers(0, 23), st.integers(0, 23))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(
    lambda at: at.replace(tzinfo=HANOI)
)
VIETNAMESE = st.text(
    "aăâbcdđeêghiklmnoôơpqrstuưvxyỳýỷỹỵĐẶNGỮ 0123456789“”–…€^{}\n😀`", max_size=700
)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0912 345 678", "84912345678"),
        ("+84 912.345.678", "84912345678"),
        ("84912345678", "84912345678"),
        ("0084912345678", "84912345678"),
        ("(0912) 345-678", "84912345678"),
        ("0270 3812 345", ""),  # a telephone on a wall
        ("+1 912 345 6789", ""),
        ("0912 345 67", ""),
        ("0912 345 6789", ""),
        ("٠٩١٢٣٤٥٦٧٨", ""),
        ("0912345678; rm", ""),
        ("", ""),
    ],
)
def test_a_number_is_written_as_carriers_write_it_or_not_at_all(typed: str, number: str) -> None:
    assert rules.phone_number(typed) == number


@given(st.text(max_size=40))
def test_a_number_is_always_the_same_however_often_it_is_read(typed: str) -> None:
    number = rules.phone_number(typed)

    assert rules.phone_number(number) == number
    assert rules.phone_number(rules.phone_number(f"0{number[2:]}")) == number


def test_a_shown_number_tells_nobody_whose_it_is() -> None:
    assert rules.masked_phone("84912345678") == "09•• ••• 678"
    assert rules.masked_phone("lan@example.vn") == ""


def test_accents_go_and_the_words_stay() -> None:
    assert rules.plain("Đã tiếp nhận hồ sơ “khai sinh” –\n H’Hen Niê … 25.000₫") == (
        'Da tiep nhan ho so "khai sinh" - H\'Hen Nie ... 25.000d'
    )
    assert rules.plain("[a] {b} ~ € 😀 ｖｉệｔ") == "(a) (b) - ? ? viet"


@given(st.text() | VIETNAMESE)
@example("İ")
@example("ﷺ")
def test_whatever_is_written_every_old_telephone_shows_it_and_it_is_not_folded_twice(
    text: str,
) -> None:
    line = rules.plain(text)

    assert set(line) <= GSM
    assert rules.plain(line) == line


@given(VIETNAMESE | st.text("ab ", max_size=600))
@example("a" * 161)
@example("ab " * 100)
@example("ab " * 400)
def test_no_part_is_longer_than_one_sms_and_no_word_is_lost_without_a_sign(text: str) -> None:
    line, parts = rules.plain(text), rules.parts(text)

    assert all(len(part) <= PART for part in parts)
    assert len(parts) <= MOST_PARTS
    assert len(parts) == 1 if 0 < len(line) <= PART else len(parts) != 1
    bare = [part[6:] for part in parts] if len(parts) > 1 else list(parts)
    whole = "".join(bare).replace(" ", "")
    if whole != line.replace(" ", ""):
        assert whole.endswith("...")
        assert line.replace(" ", "").startswith(whole[:-3])


def test_parts_are_numbered_and_cut_between_words() -> None:
    first, second = rules.parts("mot hai bay " * 20)

    assert first.startswith("(1/2) mot")
    assert second.startswith("(2/2) ")
    assert first.split()[-1] in {"mot", "hai", "bay"}
    assert len(first) > PART - 6


def test_every_short_template_fits_one_sms_and_carries_no_link_and_no_name() -> None:
    short = [(code, body) for code, channel, _, body in seeds.templates() if channel == Channel.SMS]

    assert {code for code, _ in short} == set(seeds.WORDS)
    for code, body in short:
        assert rules.short_objections("", body, seeds.sample_of(code)) == [], code
        asked = set(rules.places_in(body))
        assert not asked & {"link", "lookup_link", "name", "by", "procedure", "portal"}, code


def test_words_too_long_for_one_sms_and_numbers_that_are_none_are_told() -> None:
    long = rules.short_objections("ab 12", "một hai ba " * 20, {})

    assert [reason.field for reason in long] == ["subject", "body"]
    assert "219 ký tự" in long[1].text
    assert rules.short_objections("ZNS123", "một", {}) == []


@given(MOMENTS, HOURS, HOURS, st.booleans(), st.sampled_from([Channel.SMS, Channel.ZALO]))
def test_a_message_leaves_at_the_first_moment_that_allows_it(
    at: datetime, quiet: tuple[int, int], carriers: tuple[int, int], urgent: bool, channel: Channel
) -> None:
    def allowed(moment: datetime) -> bool:
        open_ = channel is Channel.ZALO or rules.within(moment, carriers)
        return open_ and (urgent or not rules.within(moment, quiet))

    leaves = rules.may_leave_at(at, channel, urgent=urgent, quiet=quiet, carriers=carriers)

    assert at <= leaves <= at + timedelta(hours=24)
    full = at.replace(minute=0, second=0, microsecond=0)
    tried = [at, *(full + timedelta(hours=n) for n in range(1, 25))]
    assert leaves == next((t for t in tried if allowed(t)), leaves)
    if channel is Channel.SMS and any(rules.within(t, carriers) for t in tried):
        assert rules.within(leaves, carriers)


def test_night_is_quiet_what_must_be_done_is_told_and_sms_waits_for_the_carriers() -> None:
    night = datetime(2026, 11, 22, 21, 30, tzinfo=HANOI)
    late = datetime(2026, 11, 22, 23, 30, tzinfo=HANOI)
    morning = datetime(2026, 11, 23, 7, 0, tzinfo=HANOI)

    def leaves(at: datetime, channel: Channel, urgent: bool) -> datetime:
        return rules.may_leave_at(at, channel, urgent=urgent, quiet=(21, 7), carriers=(7, 22))

    assert leaves(night, Channel.SMS, False) == morning
    assert leaves(night.replace(hour=22, minute=0), Channel.SMS, True) == morning
    assert leaves(night, Channel.SMS, True) == night
    assert leaves(late, Channel.SMS, True) == morning
    assert leaves(late, Channel.ZALO, True) == late
    assert leaves(late, Channel.EMAIL, False) == late
    assert leaves(morning, Channel.SMS, False) == morning


def test_hours_that_leave_no_time_are_the_carriers_word() -> None:
    at = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)

    always = rules.may_leave_at(at, Channel.SMS, urgent=False, quiet=(7, 7), carriers=(7, 22))
    never = rules.may_leave_at(at, Channel.SMS, urgent=False, quiet=(6, 23), carriers=(7, 22))

    assert rules.within(always, (7, 22))
    assert rules.within(never, (7, 22))


def test_the_way_is_the_one_chosen_else_a_letter_else_the_telephone() -> None:
    everywhere, order = [Channel.EMAIL, Channel.SMS, Channel.ZALO], ["zalo", "sms", "email"]
    chosen = {"act": ["sms", "zalo"], "result": []}

    assert rules.ways(Kind.ACT, chosen, everywhere, order) == (Channel.ZALO, Channel.SMS)
    assert rules.ways(Kind.RESULT, chosen, everywhere, order) == ()
    assert rules.ways(Kind.LATE, chosen, everywhere, order) == ()
    assert rules.ways(Kind.ACT, None, everywhere, order) == (Channel.EMAIL,)
    assert rules.ways(Kind.ACT, None, everywhere[1:], order) == (Channel.ZALO, Channel.SMS)
    assert rules.ways(Kind.ACT, chosen, everywhere, ["sms", "inbox", "pigeon"]) == (Channel.SMS,)


def test_what_the_person_must_do_is_urgent_with_an_account_or_without() -> None:
    assert rules.is_urgent("supplement_asked")
    assert rules.is_urgent("supplement_asked_no_account")
    assert not rules.is_urgent("dossier_moved")


def test_every_occasion_whose_kind_is_known_exists() -> None:
    assert set(KINDS) <= set(seeds.WORDS)


def test_all_that_people_are_told_is_of_a_kind_they_chose_but_how_the_matter_goes() -> None:
    told = {code.removesuffix(seeds.NO_ACCOUNT) for code in seeds.WORDS} - set(seeds.OFFICIAL)

    assert told - set(KINDS) == {
        "dossier_submitted", "dossier_accepted", "more_handed_in", "dossier_resumed",
        "dossier_moved", "dossier_linked", "dossier_passed_on", "dossier_withdrawn", "withdrawal_asked",
        "code_corrected", "dossier_read", "account_unused", "identity_moved",
    }  # fmt: skip
    assert rules.kind_of("result_overdue") is Kind.LATE
    assert rules.kind_of("supply_near_no_account") is Kind.ACT
    assert rules.kind_of("result_waiting") is Kind.RESULT


def test_a_person_is_given_up_after_so_many_refusals_and_never_when_nobody_counts() -> None:
    assert not rules.is_unreachable(2, 3)
    assert rules.is_unreachable(3, 3)
    assert not rules.is_unreachable(9, 0)
