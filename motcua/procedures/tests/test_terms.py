"""The terms of a version are taken apart once per process, and never out of date."""

import pytest
from pytest_django import DjangoAssertNumQueries

from motcua.core.errors import NotFound
from motcua.procedures.forms.generic import FORM
from motcua.procedures.models import FormVersion, ProcedureVersion
from motcua.procedures.queries import published_terms, terms_of
from motcua.procedures.types import VersionStatus

pytestmark = pytest.mark.django_db
CODE = "1.001193"


def test_terms_known_already_take_one_short_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    known = published_terms(CODE)

    with django_assert_num_queries(1) as short:
        again = terms_of(known.version_id)

    assert again is known
    assert "detail_values" not in short.captured_queries[0]["sql"]


def test_a_limit_the_authority_sets_is_seen_at_once() -> None:
    before = published_terms(CODE)
    ProcedureVersion.objects.filter(pk=before.version_id).update(
        local_limit_value=7, local_limit_unit="working_day"
    )

    for now in (published_terms(CODE), terms_of(before.version_id)):
        assert now.time_limit is not None and now.time_limit.value == 7


def test_a_form_that_is_added_later_is_seen_at_once() -> None:
    own = FormVersion.objects.exclude(form_key=FORM["form_key"]).first()
    plain = ProcedureVersion.objects.filter(
        form__form_key=FORM["form_key"], status=VersionStatus.PUBLISHED
    ).first()
    assert own is not None and plain is not None
    before = terms_of(plain.pk)

    ProcedureVersion.objects.filter(pk=plain.pk).update(form=own)

    assert terms_of(plain.pk).form.title == own.title != before.form.title


def test_content_with_another_fingerprint_is_read_anew() -> None:
    version = ProcedureVersion.objects.get(pk=published_terms(CODE).version_id)
    version.detail_values["name"], version.digest = "Đăng ký khai sinh, bản sửa", "0" * 64
    version.save()

    assert published_terms(CODE).procedure_name == "Đăng ký khai sinh, bản sửa"


def test_what_is_taken_off_the_list_is_gone_at_once_for_new_dossiers_only() -> None:
    known = published_terms(CODE)
    ProcedureVersion.objects.filter(pk=known.version_id).update(status=VersionStatus.ABOLISHED)

    assert terms_of(known.version_id) == known
    with pytest.raises(NotFound):
        published_terms(CODE)


@pytest.mark.parametrize("code", ["", "9.999999", "1.001193' OR 1=1", "1.001193\n"])
def test_a_code_nobody_published_is_not_found(code: str) -> None:
    with pytest.raises(NotFound):
        published_terms(code)
