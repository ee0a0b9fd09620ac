"""`{{ n|thousands }}`: 123456 as 123.456, which Django does not group in Vietnamese."""

from django import template

register = template.Library()


@register.filter
def thousands(number: int) -> str:
    """A whole number with a point between its thousands."""
    return f"{number:,}".replace(",", ".")
