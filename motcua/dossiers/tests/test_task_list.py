"""The task list counts what Lan must do, and nothing she need not touch."""

import re

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.dossiers.workflow import Status
from motcua.procedures.queries import terms_of
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier, attach_all, fill_all

pytestmark = pytest.mark.django_db


def counted(lan: Client, draft: Dossier) -> tuple[int, int]:
    page = lan.get(f"/ho-so/{draft.reference}/khai/").content.decode()
    found = re.search(r"<strong>(\d+) trong (\d+)</strong> việc bắt buộc", page)
    assert found
    return int(found[1]), int(found[2])


def test_a_fresh_draft_has_nothing_done_that_lan_did_not_do(draft: Dossier, lan: Client) -> None:
    terms = terms_of(draft.procedure_version_id)
    pages = [p for p in terms.form.pages if any(field.required for field in p.fields)]
    papers = [slot for slot in terms.slots if slot.required]

    done, total = counted(lan, draft)

    assert total == len(pages) + len(papers) + 1  # the last is to check and send
    assert done < total / 2
    page = lan.get(f"/ho-so/{draft.reference}/khai/").content.decode()
    assert page.count("Không bắt buộc") >= len(terms.slots) - len(papers) > 0


def test_when_all_that_must_be_is_done_only_sending_is_left(
    cast: Cast, draft: Dossier, lan: Client
) -> None:
    fill_all(cast, draft)
    attach_all(cast, draft)

    done, total = counted(lan, draft)

    assert done == total - 1


def test_a_page_that_need_not_be_filled_in_is_not_counted(cast: Cast, lan: Client) -> None:
    draft = a_dossier(cast, Status.DRAFT, procedure="1.004222")  # its household may be left empty
    form = terms_of(draft.procedure_version_id).form
    free = [p for p in form.pages if not any(field.required for field in p.fields)]

    before = counted(lan, draft)

    assert free
    assert before[1] <= len(form.pages) - len(free) + 1
