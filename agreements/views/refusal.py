from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from agreements.workflow.revision import UnfitText
from samverkan.verdict import TransitionRefused


def explained(refusal: TransitionRefused) -> str:
    """The reason as a form says it; what is wrong in a text has a link to its place there."""
    reason = str(refusal.verdict.reason)
    if not isinstance(refusal, UnfitText):
        return reason
    url = reverse("agreements:annex_edit", args=[refusal.annex.agreement.slug, refusal.annex.number])
    place = f"#avsnitt-{refusal.finding.section_id}" if refusal.finding and refusal.finding.section_id else ""
    return format_html('{} <a href="{}{}">{}</a>', reason, url, place, _("Go to the place in the text"))
