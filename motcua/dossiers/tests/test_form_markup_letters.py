"""Letters and shapes that would stop a paper are refused in its template, each with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.form_templates import objections
from motcua.dossiers.slips import render
from motcua.dossiers.slips.forms import SlipKind
from motcua.dossiers.slips.samples import sample_of
from motcua.dossiers.tests.test_form_markup import told_of
from motcua.law.types import FormSet

NEW = FormSet.TT03_2025


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("<p>漢</p>", "ký tự “漢” (U+6F22)"),
        ("<p>&#x6f22;</p>", "ký tự “漢” (U+6F22)"),
        ("<p>☑ đúng</p>", "ký tự “☑” (U+2611)"),
        ("<p>a\x00b</p>", "ký tự (U+0000)"),
        ("<p>a\x08b</p>", "ký tự (U+0008)"),
        ("<![foo[bar]]>", "khai báo <![…"),
        ("<![ x", "khai báo <![…"),
        ("<b>" * 1_500, "lồng nhau quá 20 lần"),
    ],
)
def test_what_no_printer_could_print_is_named_with_its_line(wrong: str, says: str) -> None:
    told = told_of(f"<h1>Giấy</h1>\n{wrong}")

    assert any(says in text for text in told), told
    assert told[0].startswith("Dòng 2")


@given(st.text(max_size=60), st.sampled_from(["<p>{}</p>", "<h1>{}</h1>", "{}", "<table {}>"]))
def test_whatever_is_typed_is_printed_or_refused_in_words(text: str, frame: str) -> None:
    html = f"<h1>Giấy</h1>{frame.format(text)}"

    if not told_of(html) and not objections(NEW, SlipKind.REJECTION, html):
        assert render(sample_of(NEW, SlipKind.REJECTION), html).startswith(b"%PDF")
