"""The language of the templates: what it draws, what it leaves out, what it refuses and on which line."""

from dataclasses import replace

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.core.errors import Refused
from motcua.dossiers.slips import markup, render
from motcua.dossiers.slips.builtin import builtin
from motcua.dossiers.slips.facts import Facts
from motcua.dossiers.slips.filling import fill
from motcua.dossiers.slips.forms import RejectionSlip, SlipKind, StopNotice
from motcua.dossiers.slips.samples import sample_of
from motcua.law.types import FormSet

NEW = FormSet.TT03_2025
TABLE = (
    "<h1>T</h1><table data-each='rows'><col width='9mm'><col width='1fr'>"
    "<tr><th>A</th><th>B</th></tr><tr><td>{{n}}</td><td>{{a}}</td></tr></table>"
)


def told_of(template: str, **known: frozenset[str]) -> list[str]:
    """Every sentence about what is wrong with a template."""
    try:
        blocks = markup.read(template)
    except Refused as no:
        return [reason.text for reason in no.reasons]
    return [reason.text for reason in markup.check(blocks, {"": frozenset({"a"}), **known})]


def said_by(template: str, texts: dict[str, str]) -> list[str]:
    """What each paragraph says once it is filled."""
    blocks = fill(markup.read(template), Facts(texts, {"rows": [{"a": "x"}, {"a": "y"}]}))
    return ["".join(run["t"] for run in block["runs"]) for block in blocks if "runs" in block]


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("<h1>T</h1>\n<p>{{b}}</p>", "Dòng 2: không có chỗ điền {{b}}."),
        ("<h1>T</h1>\n\n<p>một\nhai {{b}}</p>", "Dòng 4: không có chỗ điền {{b}}."),
        ("<h1>T</h1>\n<p>{{ a.__class__ }}</p>", "Dòng 2: không có chỗ điền {{a.__class__}}."),
        ("<h1>T</h1>\n<script>x</script>", "Dòng 2: không dùng được thẻ <script>."),
        ("<h1>T</h1>\n<p style='x'>a</p>", "Dòng 2: thẻ <p> không có thuộc tính style=“x”."),
        ("<h1>T</h1>\n<p class='big'>a</p>", "Dòng 2: thẻ <p> không có thuộc tính class=“big”."),
        ("<h1>T</h1>\n<p>a", "Dòng 2: thẻ <p> chưa đóng."),
        ("<h1>T</h1>\n<p>{ma_ho_so}</p>", "Dòng 2: chỗ điền viết bằng hai ngoặc: {{ma_ho_so}}."),
        ("<h1>T</h1>\n<p><b>a</p></b>", "Dòng 2: thẻ </p> đóng không đúng chỗ."),
        ("<h1>T</h1>\nchữ", "Dòng 2: chữ phải nằm trong <p>, <h1> hoặc ô của bảng."),
        ("<h1>T</h1><p><p>a</p></p>", "Dòng 1: thẻ <p> không đứng trong <p> được."),
        ("<h1>T</h1><td>a</td>", "Dòng 1: thẻ <td> không đứng riêng được."),
        ("<p>a</p>", "Dòng 1: mẫu chưa có tên giấy, mời thêm <h1>…</h1>."),
        ("<!DOCTYPE html><h1>T</h1>", "Dòng 1: không dùng được khai báo <!…>."),
        (TABLE, "Dòng 1: không có danh sách “rows”."),
        (TABLE.replace("<td>{{n}}</td>", ""), "Dòng 1: hàng <td> cần đúng 2 ô, bằng số <col> của bảng."),
        (TABLE.replace("<th>A</th>", ""), "Dòng 1: các hàng <th> cần phủ đủ 2 cột."),
        (TABLE.replace("1fr", "1em"), "Dòng 1: thẻ <col> không có thuộc tính width=“1em”."),
        ("<h1>" + "a" * 20_001 + "</h1>", "Mẫu dài 20010 ký tự, tối đa 20000 ký tự."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_the_number_of_its_line(template: str, told: str) -> None:
    assert told in told_of(template)


def test_the_tag_that_was_not_closed_is_told_before_what_follows_from_it() -> None:
    told = told_of("<h1>T\n<p>a</p>\n<p>b</p>")

    assert told[0] == "Dòng 1: thẻ <h1> chưa đóng."
    assert len(told) > 1


def test_a_place_of_the_rows_is_known_inside_its_table_and_nowhere_else() -> None:
    outside = TABLE + "<p>{{only_here}}</p>"
    rows = frozenset({"only_here"})

    assert told_of(TABLE, rows=rows) == []
    assert told_of(outside, rows=rows) == ["Dòng 1: không có chỗ điền {{only_here}}."]


def test_what_has_places_and_all_of_them_empty_is_left_out() -> None:
    template = """<h1>T</h1><p>Có: {{a}}</p><p>Không: {{b}}</p><p>{{a}}<span>, {{b}}</span> còn.</p>
        <p>Luôn<span>, {{b}}</span> in.</p><p><span>Gọi {{b}}</span><span>, {{b}}</span>.</p>"""

    assert said_by(template, {"a": "1", "b": ""}) == ["T", "Có: 1", "1 còn.", "Luôn in."]


def test_what_a_fact_says_is_never_read_as_a_place_or_a_tag() -> None:
    hostile = "{{b}} <b>đậm</b> #eval(1) &amp; \\ {{ a }}"

    assert said_by("<h1>T</h1><p>{{a}}</p>", {"a": hostile, "b": "BÍ MẬT"}) == ["T", hostile]


def test_a_reason_that_looks_like_code_is_printed_as_it_was_typed() -> None:
    typed = '#eval("1+1") {{owner_name}} <b>x</b> $x$'
    paper = sample_of(NEW, SlipKind.REJECTION)
    assert isinstance(paper, RejectionSlip)

    with pypdfium2.PdfDocument(render(replace(paper, reason=typed))) as document:
        text = document[0].get_textpage().get_text_bounded()

    assert typed in " ".join(text.split())


def test_a_paper_is_printed_in_the_words_it_is_given() -> None:
    own = builtin(NEW, SlipKind.STOP).replace("Ông/bà có thể nộp hồ sơ mới", "Mời nộp hồ sơ mới")

    with pypdfium2.PdfDocument(render(sample_of(NEW, SlipKind.STOP), own)) as document:
        assert "Mời nộp hồ sơ mới" in document[0].get_textpage().get_text_bounded()


def test_a_set_without_a_paper_refuses_to_print_it() -> None:
    notice = sample_of(NEW, SlipKind.STOP)
    assert isinstance(notice, StopNotice)
    old = replace(notice, heading=replace(notice.heading, form_set=FormSet.TT01_2018))

    with pytest.raises(Refused, match="TT01_2018 không có mẫu"):
        render(old)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<b>", "</b>", "<table data-each='rows'>", "</table>", "<tr>", "<td>",
             "<col width='1fr'>", "<br/>", "{{a}}", "{{", "}}", "&#0;", "<!--", "<![CDATA[", "<?x",
             "\n", "a", "<h1>T</h1>", "<footer>", "</footer>", "<div title='{{a}}'>", "</div>", "<"]
        ),
        max_size=25,
    )
)  # fmt: skip
def test_whatever_is_typed_is_read_or_refused_with_sentences(parts: list[str]) -> None:
    for sentence in told_of("".join(parts), rows=frozenset({"a"})):
        assert sentence.startswith(("Dòng ", "Mẫu dài "))
