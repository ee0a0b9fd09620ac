"""Lan's draft is under terms that were replaced: she goes on under the new ones and loses nothing."""

from html import unescape
from typing import Any

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.test_filing_again import replaced
from motcua.dossiers.workflow import Status
from motcua.procedures.models import FormVersion, ProcedureVersion
from motcua.procedures.queries import published_terms
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, attach_all, fill_all

pytestmark = pytest.mark.django_db


def text_of(answer: Any) -> str:
    return unescape(answer.content.decode())


def ready(cast: Cast, draft: Dossier) -> None:
    fill_all(cast, draft)
    attach_all(cast, draft)
    draft.refresh_from_db()


def with_new_terms(draft: Dossier) -> None:
    """The new version asks a paper of another name in the first place, and one question more."""
    replaced(draft)
    version = ProcedureVersion.objects.get(pk=published_terms(BIRTH).version_id)
    slots = version.detail_values["slots"]
    slots.insert(0, {**slots[0], "name": "Giấy xác nhận cư trú mới", "required": True})
    for number, slot in enumerate(slots, start=1):
        slot["code"] = f"p{number:02d}"
    assert version.form is not None
    definition = version.form.definition
    definition["sections"][-1]["fields"].append(
        {"key": "soNguoi", "label": "Số người trong hộ", "type": "number", "required": True}
    )
    form = FormVersion.objects.create(
        form_key=version.form.form_key, version=99, title=version.form.title, definition=definition
    )
    ProcedureVersion.objects.filter(pk=version.pk).update(
        detail_values=version.detail_values, form=form, digest="d" * 64
    )


def begun_again(cast: Cast, lan: Client, draft: Dossier) -> tuple[Dossier, str]:
    """The draft that Lan gets by the link on her task list, and the page she then reads."""
    link = f"/thu-tuc/{BIRTH}/nop/?tu={draft.reference}"
    assert link in text_of(lan.get(f"/ho-so/{draft.reference}/khai/"))
    assert "Làm tiếp bản nháp" not in text_of(lan.get(link))
    page = lan.post(link, {"agency": cast.ward.code, "tu": draft.reference}, follow=True)
    return Dossier.objects.exclude(pk=draft.pk).get(), text_of(page)


def test_lan_goes_on_under_the_new_terms_with_answers_and_files_and_sends(
    cast: Cast, draft: Dossier, lan: Client
) -> None:
    ready(cast, draft)
    Dossier.objects.filter(pk=draft.pk).update(delivery="post")
    replaced(draft)

    fresh, page = begun_again(cast, lan, draft)

    assert fresh.answers == draft.answers
    assert list(fresh.documents.values_list("slot", "digest")) == list(
        draft.documents.values_list("slot", "digest")
    )
    assert fresh.delivery == "post"
    assert "Đã chép nội dung đã khai và giấy tờ" in page
    lan.post(f"/ho-so/{fresh.reference}/nop/", {"declaration": "on"})
    fresh.refresh_from_db()
    assert fresh.status == Status.SUBMITTED


def test_what_the_new_terms_ask_otherwise_is_told_and_papers_keep_their_names(
    cast: Cast, draft: Dossier, lan: Client
) -> None:
    ready(cast, draft)
    before = dict(draft.documents.values_list("name", "slot"))
    with_new_terms(draft)

    fresh, page = begun_again(cast, lan, draft)

    assert "Câu hỏi mới hoặc đã sửa, mời ông/bà xem lại: Yêu cầu: Số người trong hộ." in page
    assert "Giấy tờ mới phải nộp: Giấy xác nhận cư trú mới." in page
    after = dict(fresh.documents.values_list("name", "slot"))
    assert set(after) == set(before)
    assert all(after[name] != slot for name, slot in before.items())  # each moved by one


def test_a_paper_that_is_asked_for_no_more_stays_in_the_old_draft_and_that_is_said(
    cast: Cast, draft: Dossier, lan: Client
) -> None:
    ready(cast, draft)
    name = draft.documents.all()[0].name
    replaced(draft)
    version = ProcedureVersion.objects.get(pk=published_terms(BIRTH).version_id)
    for slot in version.detail_values["slots"]:
        slot["name"] = "Giấy khác" if slot["name"] == name else slot["name"]
    ProcedureVersion.objects.filter(pk=version.pk).update(
        detail_values=version.detail_values, digest="e" * 64
    )

    fresh, page = begun_again(cast, lan, draft)

    names = set(draft.documents.values_list("name", flat=True))
    assert set(fresh.documents.values_list("name", flat=True)) == names - {name}
    assert draft.documents.filter(name=name).exists()
    assert f"còn trong bản nháp {draft.reference}: {name}" in page


def test_a_draft_under_terms_in_force_is_not_sent_elsewhere(draft: Dossier, lan: Client) -> None:
    assert "quy định mới" not in text_of(lan.get(f"/ho-so/{draft.reference}/khai/"))
