"""Whatever is typed or sent: it is kept in NFC, reads back the same, and nothing raises."""

import unicodedata
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.procedures.forms.rules import check_all, normalised, page_view, read_page
from motcua.procedures.forms.tests.samples import NAMES, TODAY, FewPlaces, one_field, seeded
from motcua.procedures.forms.types import FieldType
from motcua.testing.answers import as_post

texts = st.text(st.characters(), max_size=60)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
KINDS: list[dict[str, Any]] = [
    {"type": kind.value}
    | ({"options": [{"value": "1", "label": "Một"}]} if kind is FieldType.SELECT else {})
    | ({"catalog": "countries"} if kind is FieldType.CATALOG else {})
    for kind in FieldType
    if kind is not FieldType.COMPUTED
]
KINDS += [{"check": name} for name in ("national_id", "enterprise_code", "id_paper", "person_name")]
KINDS += [{"type": "date", "partial": True}, {"uppercase": True}]


@settings(max_examples=300, deadline=None)
@given(kind=st.sampled_from(KINDS), text=texts)
def test_any_text_is_kept_in_nfc_and_reads_back_the_same(kind: dict[str, Any], text: str) -> None:
    definition = one_field(**kind)
    parts = ("day", "month", "year", "province_code", "ward_code", "detail")
    post = {"f": text} | {f"f-{part}": text for part in parts}
    post = {
        k: v for k, v in post.items() if k != "f" or kind.get("type") not in ("date", "address")
    }

    once, reasons = read_page(definition, "s", post, {}, today=TODAY)
    again, _ = read_page(definition, "s", as_post(definition, "s", once), {}, today=TODAY)

    assert again == once
    assert normalised(definition, once) == once
    assert all(unicodedata.is_normalized("NFC", part) for part in leaves(once))
    assert reasons == check_shape(reasons)
    page_view(definition, "s", once, reasons=reasons)


@settings(max_examples=300, deadline=None)
@given(name=st.sampled_from(NAMES), raw=anything, post=st.dictionaries(texts, texts, max_size=5))
def test_whatever_is_sent_the_form_answers(name: str, raw: Any, post: dict[str, str]) -> None:
    definition = seeded(name)
    for section in definition.sections:
        wild = {section.key: [raw, {f.key: raw for f in section.fields}]} if section.repeat else {
            section.key: {f.key: raw for f in section.fields}
        }  # fmt: skip
        answers = normalised(definition, wild)
        check_all(definition, answers, today=TODAY, places=FewPlaces())
        read_page(definition, section.key, post, answers, today=TODAY)
    check_all(definition, normalised(definition, raw), today=TODAY)


def leaves(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [leaf for part in value.values() for leaf in leaves(part)]
    return [value] if isinstance(value, str) else []


def check_shape(reasons: list[Any]) -> list[Any]:
    return [r for r in reasons if r.field == "s.f" and r.text.endswith(".") and "ông/bà" in r.text]
