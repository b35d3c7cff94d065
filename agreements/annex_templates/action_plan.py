"""Headings of an action plan, one per priority area (R81-R95)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.annex_templates.shape import SectionTemplate, Template

TEMPLATE: Template = (
    SectionTemplate(
        "introduction",
        pgettext_lazy("heading in an annex", "Introduction"),
        _("Which causes in the picture the plan acts on."),
        is_required=False,
    ),
    SectionTemplate(
        "sheet",
        pgettext_lazy("heading in an annex", "Measures and responsibility"),
        _("One column per %(working_group)s. Choose “to be decided” rather than leaving a field empty."),
        kind="action_plan_sheet",
    ),
    SectionTemplate(
        "goals",
        pgettext_lazy("heading in an annex", "Goals that can be measured"),
        _("For each goal: how it is measured, where you stand, what is to be reached and when."),
        is_required=False,
    ),
    SectionTemplate(
        "follow_up",
        pgettext_lazy("heading in an annex", "Follow-up"),
        _("How, when and by whom the measures are followed up, and who reads the result."),
    ),
)
