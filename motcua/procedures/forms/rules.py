"""The door to e-forms: what other apps may use, in one place. Everything here is pure."""

from motcua.procedures.forms.definitions import DefinitionError, definition_from, generic_form
from motcua.procedures.forms.filling import (
    Unkept,
    check_all,
    merge,
    normalised,
    read_page,
    stays_on_page,
)
from motcua.procedures.forms.narrowing import (
    changed_questions,
    limited,
    narrowed_view,
    open_pages,
    questions,
)
from motcua.procedures.forms.paging import page_of, pages
from motcua.procedures.forms.prefilling import prefill, sources_now
from motcua.procedures.forms.printing import blank_paper, filled_paper
from motcua.procedures.forms.schema import json_schema
from motcua.procedures.forms.showing import (
    Progress,
    in_words,
    own_address,
    owner_of,
    progress,
    summary,
)
from motcua.procedures.forms.views import FieldView, PageView, RowView, page_view
from motcua.procedures.forms.visibility import asked_pages, changed_pages, pruned, visible_fields

__all__ = [
    "DefinitionError",
    "FieldView",
    "PageView",
    "Progress",
    "RowView",
    "Unkept",
    "asked_pages",
    "blank_paper",
    "changed_pages",
    "changed_questions",
    "check_all",
    "definition_from",
    "filled_paper",
    "generic_form",
    "in_words",
    "json_schema",
    "limited",
    "merge",
    "narrowed_view",
    "normalised",
    "open_pages",
    "own_address",
    "owner_of",
    "page_of",
    "page_view",
    "pages",
    "prefill",
    "progress",
    "pruned",
    "questions",
    "read_page",
    "sources_now",
    "stays_on_page",
    "summary",
    "visible_fields",
]
