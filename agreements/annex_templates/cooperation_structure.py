"""Headings of the cooperation structure (R17-R40); no real annex 2 is known, so they follow what R18-R40 ask for."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.annex_templates.shape import SectionTemplate, Template

TEMPLATE: Template = (
    SectionTemplate(
        "purpose",
        pgettext_lazy("heading in an annex", "Purpose and scope"),
        _("What the annex describes, and the principles of the organisation."),
    ),
    SectionTemplate(
        "steering_group",
        pgettext_lazy("heading in an annex", "The steering group"),
        _("Tasks, decisions, meetings. Its functions are listed below the text."),
        kind="groups",
        options={"group_kind": "steering"},
    ),
    SectionTemplate(
        "preparatory_group",
        pgettext_lazy("heading in an annex", "The preparatory group"),
        _("How matters are prepared, who appoints %(working_groups)s, when others are co-opted."),
        kind="groups",
        options={"group_kind": "preparatory"},
    ),
    SectionTemplate(
        "working_groups",
        pgettext_lazy("heading in an annex", "The working groups"),
        _("Permanent or for a limited time, with people from both parties."),
        kind="groups",
        options={"group_kind": "working"},
        own_heading="%(working_groups)s",
    ),
    SectionTemplate(
        "participants",
        pgettext_lazy("heading in an annex", "Participating organisations"),
        _("Those who take part without signing, and what they contribute."),
        is_required=False,
    ),
    SectionTemplate(
        "forums",
        pgettext_lazy("heading in an annex", "Other forums"),
        _("Forums with tasks of their own that this cooperation uses."),
        is_required=False,
    ),
    SectionTemplate(
        "path_of_matters",
        pgettext_lazy("heading in an annex", "How a matter moves through the organisation"),
        _("Step by step, in both directions."),
    ),
    SectionTemplate(
        "annual_cycle",
        pgettext_lazy("heading in an annex", "Annual cycle"),
        _("What recurs each year, when, and who sees to it."),
        is_required=False,
    ),
    SectionTemplate(
        "documentation",
        pgettext_lazy("heading in an annex", "Documentation and archive"),
        _("Minutes, notes, registration, corrections."),
        is_required=False,
    ),
)
