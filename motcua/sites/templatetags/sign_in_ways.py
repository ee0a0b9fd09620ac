"""By which services citizens sign in, for the templates that offer them."""

from typing import Any

from django import template
from django.conf import settings

from motcua.sites.portal.sign_ins import services_for

register = template.Library()


@register.simple_tag
def sign_in_ways(next_page: str = "", level: int = 1) -> list[dict[str, str]]:
    """Each service with the address that begins it and leads to `next_page` afterwards."""
    return services_for(next_page or "", level)


@register.simple_tag
def citizens_have_passwords() -> Any:
    """Whether a citizen may sign in with a password of this house (ACC-03)."""
    return settings.CITIZEN_PASSWORDS
