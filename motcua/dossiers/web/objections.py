"""What was refused, said twice: beside the field that is to be mended, and at the top of the page."""

from collections.abc import Iterable, Mapping

from django import forms

from motcua.core.errors import Reason

NO_OTHER_NAMES: Mapping[str, str] = {}


def beside(
    form: forms.Form, reasons: Iterable[Reason], names: Mapping[str, str] = NO_OTHER_NAMES
) -> list[Reason]:
    """Put each reason beside its field of the form; those are left that are about none of them.

    `names` leads from what a rule calls a thing to the field in which it is typed.
    """
    left = []
    for reason in reasons:
        field = names.get(reason.field, reason.field)
        if form.is_bound and field in form.fields and not form[field].is_hidden:
            if reason.text not in form.errors.get(field, ()):
                form.add_error(field, reason.text)
        else:
            left.append(reason)
    return left


def objections(
    form: forms.Form, reasons: Iterable[Reason], names: Mapping[str, str] = NO_OTHER_NAMES
) -> list[dict[str, str]]:
    """The summary of a page with one form: what is about no field, then field by field."""
    told = [{"id": "", "text": reason.text} for reason in beside(form, reasons, names)]
    if not form.is_bound:
        return told
    return told + [
        {"id": str(form[name].id_for_label) if name in form.fields else "", "text": str(text)}
        for name, texts in form.errors.items()
        for text in texts
    ]
