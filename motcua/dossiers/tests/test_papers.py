"""The papers that go with a step: the receipt of a result, minutes, and the list of a day's results."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2
import pytest
from django.utils.timezone import localdate

from motcua.audit.queries import entries_of
from motcua.core import clock
from motcua.dossiers import jobs, result_paper
from motcua.dossiers.actions import delivery, handing_over, visiting
from motcua.dossiers.models import Dossier, Slip
from motcua.dossiers.slips.forms import SlipKind
from motcua.dossiers.tests.conftest import desk_of, signed_in
from motcua.dossiers.tests.test_handing_over import brought, on_a_list
from motcua.dossiers.types import Channel, Delivery
from motcua.dossiers.workflow import Status, Step
from motcua.files.queries import read_file
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

pytestmark = pytest.mark.django_db


def said(pdf: bytes) -> str:
    """What a paper says."""
    with pypdfium2.PdfDocument(pdf) as found:
        pages = [page.get_textpage().get_text_bounded() for page in found]
    return " ".join(" ".join(pages).replace("\u200b", "").split())


def receipt_of(dossier: Dossier) -> Slip:
    """The receipt that the job made; made twice it is made once."""
    move = dossier.moves.get(step=Step.DELIVER)
    jobs.issue_slip(move.pk)
    jobs.issue_slip(move.pk)
    return Slip.objects.get(move=move, kind=SlipKind.RETURN_RECEIPT)


def day_page() -> str:
    """Where the results of today stand."""
    return "/can-bo/ban-giao-ket-qua/"


def test_who_takes_the_result_at_the_desk_gets_a_receipt_with_names_and_number(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.RESULT_READY, channel=Channel.COUNTER)
    delivery.deliver_result(
        post=cast.hung, reference=dossier.reference, receiver_name="Trần Văn Bảo",
        receiver_identity="079190000077",
    )  # fmt: skip

    slip = receipt_of(dossier)
    text = said(read_file(slip.digest))

    dossier.refresh_from_db()
    for each in (
        "GIẤY BIÊN NHẬN TRẢ KẾT QUẢ", dossier.code, dossier.result_number, "Trần Văn Bảo",
        "079190000077", f"Người trả kết quả: {cast.hung.holder_name}", "Ký và ghi rõ họ tên",
    ):  # fmt: skip
        assert str(each) in text
    page = desk_of(cast.hung).get(f"/can-bo/ho-so/{dossier.reference}/").content.decode()
    assert "Giấy biên nhận trả kết quả" in page


def test_lan_who_takes_it_on_the_portal_has_a_receipt_that_nobody_signs_by_hand(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.RESULT_READY)
    Dossier.objects.filter(pk=dossier.pk).update(delivery=Delivery.ONLINE)
    delivery.receive_result(citizen=cast.lan, reference=dossier.reference)
    jobs.issue_slip(dossier.moves.get(step=Step.ACCEPT).pk)
    browser = signed_in(cast.lan)
    before = browser.get(f"/ho-so/{dossier.reference}/").content.decode()

    text = said(read_file(receipt_of(dossier).digest))

    assert "Người trả kết quả: Cổng Dịch vụ công" in text
    assert f"Người nhận kết quả: {cast.lan.full_name}" in text
    assert text.count("(Trả trực tuyến)") == 2
    assert "Ký và ghi rõ họ tên" not in text
    assert "Phiếu đang được lập" not in before
    after = browser.get(f"/ho-so/{dossier.reference}/").content.decode()
    assert "Giấy biên nhận trả kết quả" in after


def test_mai_takes_the_minutes_along_to_fill_in_and_prints_them_as_written(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.VERIFYING)
    visit = dossier.verifications.get()
    browser, here = desk_of(cast.mai), f"/can-bo/ho-so/{dossier.reference}/"
    place = f"{here}xac-minh/{visit.pk}/bien-ban/"

    empty = said(browser.get(place).content)
    assert "In mẫu biên bản xác minh" in browser.get(here).content.decode()
    visiting.record_verification(
        post=cast.mai, reference=dossier.reference, record="Đúng nơi cư trú.", present="Bà Lan"
    )
    written = said(browser.get(place).content)

    assert ("Số 12, đường Bờ Sông" in empty, "………" in empty, "Đúng nơi" in empty) == (
        True, True, False,
    )  # fmt: skip
    assert "Kết quả xác minh: Đúng nơi cư trú." in written
    assert ("Những người có mặt: Bà Lan" in written, "………" in written) == (True, False)
    assert "In biên bản xác minh<" in browser.get(here).content.decode()
    read = [e.facts.get("what") for e in entries_of(dossier.reference) if e.deed == "dossier.read"]
    assert f"minutes:{visit.pk}" in read


def test_a_hand_over_has_minutes_once_both_sides_confirmed_and_of_what_was_taken(
    cast: Cast,
) -> None:
    one, other = brought(cast, 2)
    row = on_a_list(cast, [one, other])
    place = f"/can-bo/ban-giao/{row.pk}/"
    hung, hoa = desk_of(cast.hung), desk_of(cast.hoa)

    handing_over.take_over(post=cast.hoa, reference=one.reference)
    assert hoa.get(f"{place}bien-ban/").status_code == 404
    assert "Biên bản giao nhận" not in hoa.get(place).content.decode()
    handing_over.turn_back(post=cast.hoa, reference=other.reference, note="Thiếu bản chính")

    text = said(hung.get(f"{place}bien-ban/").content)
    assert "Biên bản giao nhận" in hoa.get(place).content.decode()
    assert "đã giao, nhận 1 hồ sơ" in text
    assert (str(one.code) in text, str(other.code) in text) == (True, False)
    assert cast.hoa.holder_name in text


def test_yen_prints_the_results_of_the_day_unit_by_unit_for_the_desk(cast: Cast) -> None:
    ready, waiting = a_dossier(cast, Status.RESULT_READY), a_dossier(cast, Status.APPROVED)
    today = localdate(clock.now())
    browser = desk_of(cast.yen)
    [row] = result_paper.results_on(cast.yen, today)
    assert (row.unit_id, row.count, list(row.parts)) == (cast.hoa.unit_id, 1, [1])

    page = browser.get(day_page()).content.decode()
    place = f"{day_page()}{today:%Y-%m-%d}/{row.unit_id}/1/"
    text = said(browser.get(place).content)

    assert place in page
    assert "PHIẾU BÀN GIAO KẾT QUẢ" in text
    assert (str(ready.code) in text, str(waiting.code) in text) == (True, False)
    assert f"số{ready.result_number}" in text.replace(" ", "")  # the column may break a number
    assert cast.yen.holder_name in text
    [listed] = [
        e
        for e in entries_of(cast.yen.actor.key)
        if str(e.facts.get("what", "")).startswith("results")
    ]
    assert listed.facts["shown"] == [ready.reference]


def test_a_long_day_stands_on_several_lists_and_no_result_twice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossiers = {str(a_dossier(cast, Status.RESULT_READY).code) for _ in range(3)}
    monkeypatch.setattr(result_paper, "PART", 2)
    today = localdate(clock.now())
    [row] = result_paper.results_on(cast.hung, today)

    texts = [
        said(result_paper.result_paper(cast.hung, today, row.unit_id, part)[1])
        for part in row.parts
    ]

    assert len(texts) == 2
    assert [sum(code in text for text in texts) for code in dossiers] == [1, 1, 1]


@pytest.mark.parametrize("day", ["2026-13-01", "hom-nay"])
def test_a_day_or_a_unit_without_results_is_not_found(cast: Cast, day: str) -> None:
    a_dossier(cast, Status.RESULT_READY)
    browser, today = desk_of(cast.hung), localdate(clock.now())
    unit = cast.hoa.unit_id

    for place in (f"{day}/{unit}/1/", f"{today:%Y-%m-%d}/{unit}/2/", f"{today:%Y-%m-%d}/{unit}/0/"):
        assert browser.get(f"{day_page()}{place}").status_code == 404
    yesterday = today - timedelta(days=1)
    assert browser.get(f"{day_page()}{yesterday:%Y-%m-%d}/{unit}/1/").status_code == 404
    assert desk_of(cast.sau).get(f"{day_page()}{today:%Y-%m-%d}/{unit}/1/").status_code == 404
    assert desk_of(cast.mai).get(day_page()).status_code == 404
    wrong = browser.get(f"{day_page()}?day-day=31&day-month=2&day-year=2026")
    assert (wrong.status_code, "Ngày chưa đúng" in wrong.content.decode()) == (422, True)


@pytest.mark.parametrize("status", [Status.STOPPED, Status.REFUSED])
def test_what_binh_signs_for_the_agency_says_what_he_is(cast: Cast, status: Status) -> None:
    step = {Status.STOPPED: Step.STOP, Status.REFUSED: Step.REFUSE}[status]
    move = a_dossier(cast, status).moves.get(step=step)

    jobs.issue_slip(move.pk)

    text = said(read_file(Slip.objects.get(move=move).digest))
    assert cast.binh.title.upper() in text
    assert cast.binh.holder_name in text
