"""An agreement's own words for the same things (R166)."""

from django import template
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement

register = template.Library()

DEFAULTS = {
    "agreement": _("cooperation agreement"),
    "priority_area": _("priority area"),
    "working_group": _("working group"),
}


@register.simple_tag
def word(agreement: Agreement, noun: str) -> str:
    """The agreement's word for ``noun`` ("fokusområde"), else the portal's. KeyError for a noun without words."""
    return agreement.label(noun, str(DEFAULTS[noun]))
