"""A refusal as a form says it."""

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
    return format_html('{} <a href="{}">{}</a>', reason, _place_of(refusal), _("Go to the place in the text"))


def _place_of(refusal: UnfitText) -> str:
    annex, finding = [refusal.annex.agreement.slug, refusal.annex.number], refusal.finding
    if finding is not None and finding.is_in_head:
        return reverse("agreements:annex_describe", args=annex)
    place = f"#avsnitt-{finding.section_id}" if finding is not None and finding.section_id else ""
    return reverse("agreements:annex_edit", args=annex) + place
