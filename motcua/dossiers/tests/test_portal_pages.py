"""The citizens' pages of dossiers, by the requests a browser sends."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from motcua.dossiers.models import Dossier
from motcua.dossiers.workflow import Status
from motcua.procedures.queries import terms_of
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, attach_all, fill_all

DECLARED = {"declaration": "yes"}


def a_photo(name: str = "anh.jpg") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (600, 800), (240, 240, 235)).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def _slots(dossier: Dossier) -> list[str]:
    return [slot.code for slot in terms_of(dossier.procedure_version_id).slots]


def _first_page(dossier: Dossier) -> str:
    return terms_of(dossier.procedure_version_id).form.pages[0].key


def test_a_visitor_is_sent_to_sign_in_and_back(cast: Cast, draft: Dossier) -> None:
    address = f"/ho-so/{draft.reference}/khai/"

    answer = Client().get(address)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/tai-khoan/dang-nhap/?next=")


def test_lan_signs_in_with_her_password_and_lands_where_she_wanted(cast: Cast) -> None:
    client = Client()

    answer = client.post(
        "/tai-khoan/dang-nhap/",
        {"login": "lan", "password": "motcua-demo", "next": "/ho-so/"},
    )

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/ho-so/"


def test_a_wrong_password_keeps_the_name_that_was_typed(cast: Cast) -> None:
    answer = Client().post("/tai-khoan/dang-nhap/", {"login": "lan", "password": "sai"})

    page = answer.content.decode()
    assert "<title>Lỗi: Đăng nhập" in page
    assert 'value="lan"' in page


def test_starting_asks_which_agency_receives(lan: Client, cast: Cast) -> None:
    page = lan.get(f"/thu-tuc/{BIRTH}/nop/").content.decode()

    assert cast.ward.name in page
    assert "đang có bản nháp này" not in page


def test_starting_without_an_agency_says_so_and_makes_no_draft(lan: Client) -> None:
    answer = lan.post(f"/thu-tuc/{BIRTH}/nop/", {})

    assert answer.status_code == 422
    assert "<title>Lỗi: " in answer.content.decode()
    assert not Dossier.objects.exists()


def test_starting_opens_a_draft_and_the_next_start_offers_it(lan: Client, cast: Cast) -> None:
    answer = lan.post(f"/thu-tuc/{BIRTH}/nop/", {"agency": cast.ward.code})
    made = Dossier.objects.get()

    assert answer.headers["Location"] == f"/ho-so/{made.reference}/khai/"
    again = lan.get(f"/thu-tuc/{BIRTH}/nop/").content.decode()
    assert "Ông/bà đang có bản nháp này" in again
    assert made.reference in again


def test_the_task_list_does_not_let_an_empty_draft_go(lan: Client, draft: Dossier) -> None:
    page = lan.get(f"/ho-so/{draft.reference}/khai/").content.decode()

    assert "Chưa làm được" in page
    assert f"/ho-so/{draft.reference}/kiem-tra/" not in page


def test_every_page_of_the_form_opens(lan: Client, draft: Dossier) -> None:
    for page in terms_of(draft.procedure_version_id).form.pages:
        answer = lan.get(f"/ho-so/{draft.reference}/khai/{page.key}/")

        assert answer.status_code == 200, page.key
        assert page.title in answer.content.decode()


def test_a_page_with_nothing_typed_is_refused_with_a_summary(lan: Client, draft: Dossier) -> None:
    answer = lan.post(f"/ho-so/{draft.reference}/khai/{_first_page(draft)}/", {"x": "1"})

    page = answer.content.decode()
    assert answer.status_code in (302, 422)
    if answer.status_code == 422:
        assert "<title>Lỗi: " in page
        assert "govuk-error-summary" in page


def test_saving_for_later_leads_back_to_the_task_list(lan: Client, draft: Dossier) -> None:
    answer = lan.post(
        f"/ho-so/{draft.reference}/khai/{_first_page(draft)}/", {"_later": "1"}, follow=True
    )

    assert answer.redirect_chain[-1][0] == f"/ho-so/{draft.reference}/khai/"
    assert "Đã lưu bản nháp" in answer.content.decode()


def test_autosave_answers_with_the_time(lan: Client, draft: Dossier) -> None:
    answer = lan.post(f"/ho-so/{draft.reference}/khai/{_first_page(draft)}/nhap/", {})

    assert answer.status_code == 200
    assert ":" in answer.json()["saved_at"]


def test_two_photos_become_one_file_with_a_thumbnail(lan: Client, draft: Dossier) -> None:
    address = f"/ho-so/{draft.reference}/giay-to/{_slots(draft)[0]}/"

    answer = lan.post(address, {"files": [a_photo("a.jpg"), a_photo("b.jpg")]}, follow=True)

    page = answer.content.decode()
    assert "Đã tải lên" in page
    document = draft.documents.get()
    assert (document.kind, document.pages) == ("application/pdf", 2)
    small = lan.get(f"/ho-so/{draft.reference}/tep/{document.pk}/anh/")
    assert small.headers["Content-Type"] == "image/webp"
    whole = lan.get(f"/ho-so/{draft.reference}/tep/{document.pk}/")
    assert whole.headers["Content-Disposition"].startswith("attachment")
    assert whole.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_is_not_what_it_says_is_refused_and_the_others_stay(
    lan: Client, draft: Dossier
) -> None:
    address = f"/ho-so/{draft.reference}/giay-to/{_slots(draft)[0]}/"
    lan.post(address, {"files": [a_photo()]})

    fake = SimpleUploadedFile("anh.jpg", b"<script>alert(1)</script>", "image/jpeg")
    answer = lan.post(address, {"files": [fake]})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "<title>Lỗi: " in page
    assert "Đã tải lên" in page
    assert draft.documents.filter(removed_at=None).count() == 1


def test_no_file_chosen_says_what_to_do(lan: Client, draft: Dossier) -> None:
    answer = lan.post(f"/ho-so/{draft.reference}/giay-to/{_slots(draft)[0]}/", {})

    assert answer.status_code == 422
    assert "Mời ông/bà" in answer.content.decode()


def test_the_chooser_says_how_large_a_file_may_be(lan: Client, draft: Dossier) -> None:
    page = lan.get(f"/ho-so/{draft.reference}/giay-to/{_slots(draft)[0]}/").content.decode()

    assert "20,0\xa0MB" in page


def test_a_paper_can_be_taken_out_again(lan: Client, draft: Dossier) -> None:
    lan.post(f"/ho-so/{draft.reference}/giay-to/{_slots(draft)[0]}/", {"files": [a_photo()]})
    document = draft.documents.get()

    lan.post(f"/ho-so/{draft.reference}/tep/{document.pk}/xoa/")

    assert not draft.documents.filter(removed_at=None).exists()


def test_the_way_of_delivery_is_kept(lan: Client, draft: Dossier) -> None:
    lan.post(f"/ho-so/{draft.reference}/nhan-ket-qua/", {"delivery": "counter"})

    draft.refresh_from_db()
    assert draft.delivery == "counter"
    assert lan.post(f"/ho-so/{draft.reference}/nhan-ket-qua/", {}).status_code == 422


def test_nothing_goes_without_the_declaration(lan: Client, cast: Cast, draft: Dossier) -> None:
    fill_all(cast, draft)
    attach_all(cast, draft)

    answer = lan.post(f"/ho-so/{draft.reference}/nop/", {})

    assert answer.status_code == 422
    assert "cam đoan" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_an_empty_draft_is_refused_with_every_reason_at_once(lan: Client, draft: Dossier) -> None:
    answer = lan.post(f"/ho-so/{draft.reference}/nop/", DECLARED)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Chưa nộp được hồ sơ" in page
    assert page.count("ve=kiem-tra") > 1


def test_the_check_page_shows_a_thumbnail_of_each_file(
    lan: Client, cast: Cast, draft: Dossier
) -> None:
    fill_all(cast, draft)
    attach_all(cast, draft)

    page = lan.get(f"/ho-so/{draft.reference}/kiem-tra/").content.decode()

    for document in draft.documents.all():
        assert f"/ho-so/{draft.reference}/tep/{document.pk}/anh/" in page


def test_submitting_twice_leads_to_the_same_receipt(
    lan: Client, cast: Cast, draft: Dossier
) -> None:
    fill_all(cast, draft)
    attach_all(cast, draft)

    first = lan.post(f"/ho-so/{draft.reference}/nop/", DECLARED)
    second = lan.post(f"/ho-so/{draft.reference}/nop/", DECLARED)

    assert first.headers["Location"] == second.headers["Location"]
    receipt = lan.get(first.headers["Location"]).content.decode()
    assert draft.reference in receipt
    assert "8 giờ làm việc" in receipt
    assert Dossier.objects.count() == 1
