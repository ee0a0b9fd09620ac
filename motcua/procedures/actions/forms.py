"""Which form a version is filed with: its own, or the one that serves every other procedure."""

from collections.abc import Iterable

from motcua.procedures.forms.definitions import definition_from
from motcua.procedures.forms.generic import FORM
from motcua.procedures.models import FormVersion, ProcedureVersion

GENERIC_TITLE = "Đơn đề nghị"


def forms_by_code() -> dict[str, int]:
    """The newest active e-form of each procedure code."""
    forms = FormVersion.objects.filter(is_active=True).order_by("form_key", "version")
    return {code: form.pk for form in forms for code in form.procedure_codes}


def generic_form_id() -> int:
    """The row of the generic form as the code has it now; a changed definition is a new row.

    Rows are never edited, so a dossier under way goes on with the form it was begun with.

    Law: CAT-07, EF-01
    """
    newest = FormVersion.objects.filter(form_key=FORM["form_key"]).order_by("-version").first()
    if newest and _content(newest.definition) == _content(FORM):
        return newest.pk
    version = max(FORM["version"], newest.version + 1 if newest else 1)
    definition = FORM | {"title": GENERIC_TITLE, "version": version}
    definition_from(definition)  # a faulty definition stops here, with its place
    form, _ = FormVersion.objects.get_or_create(
        form_key=FORM["form_key"],
        version=version,
        defaults={"title": GENERIC_TITLE, "definition": definition},
    )
    return form.pk


def generic_form_ids() -> set[int]:
    """Every version of the generic form that there ever was."""
    return set(FormVersion.objects.filter(form_key=FORM["form_key"]).values_list("pk", flat=True))


def pin_forms(versions: Iterable[ProcedureVersion]) -> None:
    """Give these versions, about to be published, the form that dossiers under them will have.

    Not saved here.
    """
    if not (lacking := [one for one in versions if one.form_id is None]):
        return
    own, generic = forms_by_code(), generic_form_id()
    for version in lacking:
        version.form_id = own.get(version.procedure.code, generic)


def _content(definition: dict[str, object]) -> dict[str, object]:
    """The definition without what its row adds to it."""
    return {key: value for key, value in definition.items() if key not in ("title", "version")}
