"""What ``<ins>`` and ``<del>`` mean, in words for those who neither see colours nor lines."""

from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


def speak(html: str, *, in_print: bool) -> SafeString:
    """The HTML with words before and after each passage that was added or taken away.

    On a page they are hidden text. In print they are attributes: the print stylesheet sets signs before and
    after, and the words become those signs' text for screen readers. ``html`` is escaped HTML, in which
    ``<ins>`` and ``<del>`` can only be the redline's own.
    """
    for tag in ("ins", "del"):
        if f"<{tag}>" not in html:  # looking up words costs more than all the rest of an unchanged section
            continue
        before, after = (escape(words) for words in _around(tag))
        if in_print:
            html = html.replace(f"<{tag}>", f'<{tag} data-before="{before} " data-after=" {after} ">')
        else:
            html = html.replace(f"<{tag}>", f'<{tag}><span class="ds-sr-only"> {before} </span>')
            html = html.replace(f"</{tag}>", f'<span class="ds-sr-only"> {after} </span></{tag}>')
    return mark_safe(html)  # noqa: S308 -- as it came, with escaped words


def _around(tag: str) -> tuple[str, str]:
    if tag == "ins":
        return _("added:"), _("end of addition")
    return _("taken away:"), _("end of removal")
