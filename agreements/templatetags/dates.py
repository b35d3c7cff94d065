"""How far off a day is, in words beside the date itself (screens.md, "Everywhere")."""

from datetime import date

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()


@register.simple_tag
def due_in(due: date | None, today: date) -> str:
    """ "om 12 dagar", "i dag", "för 3 dagar sedan"; "" without a day."""
    if due is None:
        return ""
    days = (due - today).days
    if days == 0:
        return _("today")
    if days > 0:
        return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}
    return ngettext("%(days)s day ago", "%(days)s days ago", -days) % {"days": -days}
