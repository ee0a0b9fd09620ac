"""Keeping the words: templates a keeper changes, each change a version with its words in the journal."""

from django.db import transaction

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor
from motcua.core.errors import NotFound, Reason, refuse_if
from motcua.core.text import clean
from motcua.notices import rules, seeds
from motcua.notices.models import Template
from motcua.notices.queries import objections

CHANGED_MEANWHILE = Reason(
    "template_changed",
    "Mẫu vừa được người khác sửa. Mời tải lại trang để xem lời mới rồi sửa tiếp.",
    "subject",
)


@transaction.atomic
def edit_template(
    *, keeper: Actor, code: str, channel: str, subject: str, body: str, seen: int | None = None
) -> int:
    """Sửa mẫu thông báo; returns the new version. Messages already sent keep their words.

    `seen` is the version the keeper read before changing it: what somebody else changed meanwhile
    is not overwritten.
    """
    template = (
        Template.objects.select_for_update(of=("self",)).filter(code=code, channel=channel).first()
    )
    if template is None:
        raise NotFound
    refuse_if(objections(code, channel, subject, body))
    refuse_if([CHANGED_MEANWHILE] if seen not in (None, template.version) else [])
    template.subject, template.body = rules.header_line(subject), clean(body)
    template.version += 1
    template.save(update_fields=["subject", "body", "version"])
    words = {"version": template.version, "title": template.subject, "body": template.body}
    record(keeper, "notice.edit_template", f"template:{code}:{channel}", at=clock.now(), **words)
    return template.version


@transaction.atomic
def seed_templates() -> int:
    """Enter the words the house starts with; templates a keeper has edited are left alone."""
    count = 0
    for code, channel, subject, body in seeds.templates():
        template, fresh = Template.objects.get_or_create(
            code=code, channel=channel, defaults={"subject": subject, "body": body}
        )
        if not fresh and template.version == 1:
            Template.objects.filter(pk=template.pk).update(subject=subject, body=body)
        count += fresh
    return count
