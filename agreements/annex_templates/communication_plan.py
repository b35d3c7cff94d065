"""Headings that occur in the four real communication plans (R97); most of them may be left out."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.annex_templates.shape import SectionTemplate, Template

TEMPLATE: Template = (
    SectionTemplate(
        "background",
        pgettext_lazy("heading in an annex", "Background"),
        _("What the plan does for %(the_agreement)s, which year it is for, what is new."),
    ),
    SectionTemplate(
        "purpose",
        pgettext_lazy("heading in an annex", "Purpose"),
        _("What the plan is to help with, and for whom."),
    ),
    SectionTemplate(
        "priority_areas",
        pgettext_lazy("heading in an annex", "Priority areas of focus"),
        _("The areas are fetched from the situational picture in force."),
        kind="priority_areas",
        own_heading=pgettext_lazy("heading in an annex", "Chosen %(priority_areas)s"),
    ),
    SectionTemplate(
        "goals",
        pgettext_lazy("heading in an annex", "Communication goals"),
        _("Few enough to be followed up."),
    ),
    SectionTemplate(
        "goals_internal",
        pgettext_lazy("heading in an annex", "Internal"),
        _("What staff and managers should know and do."),
        level=2,
        is_required=False,
    ),
    SectionTemplate(
        "goals_external",
        pgettext_lazy("heading in an annex", "External"),
        _("What residents and others should know and do."),
        level=2,
        is_required=False,
    ),
    SectionTemplate(
        "target_groups",
        pgettext_lazy("heading in an annex", "Target groups"),
        _("Say who, as narrowly as you can."),
    ),
    SectionTemplate(
        "target_groups_internal",
        pgettext_lazy("heading in an annex", "Internal"),
        _("Groups within the parties."),
        level=2,
        is_required=False,
    ),
    SectionTemplate(
        "target_groups_external",
        pgettext_lazy("heading in an annex", "External"),
        _("Groups outside the parties, and how they are reached."),
        level=2,
        is_required=False,
    ),
    SectionTemplate(
        "messages",
        pgettext_lazy("heading in an annex", "Messages"),
        _("The main message in one sentence; then what, why, who."),
    ),
    SectionTemplate(
        "value_words",
        pgettext_lazy("heading in an annex", "Value words"),
        _("A few words that tell how you want to be perceived, each explained."),
        is_required=False,
    ),
    SectionTemplate(
        "strategy",
        pgettext_lazy("heading in an annex", "Strategy"),
        _("How the goals are reached, and how the parties consult each other."),
    ),
    SectionTemplate(
        "ways_of_working",
        pgettext_lazy("heading in an annex", "How we work together"),
        _("Routines: planning, consultation, serious events."),
        is_required=False,
    ),
    SectionTemplate(
        "principles",
        pgettext_lazy("heading in an annex", "Common principles"),
        _("What always holds when either party communicates."),
        is_required=False,
    ),
    SectionTemplate(
        "activity_plan",
        pgettext_lazy("heading in an annex", "Activity plan"),
        _("The year's larger efforts: when, what, area, who."),
        is_required=False,
    ),
    SectionTemplate(
        "roles",
        pgettext_lazy("heading in an annex", "Responsibilities and roles"),
        _("Who plans, who speaks, who supports."),
    ),
    SectionTemplate(
        "channels",
        pgettext_lazy("heading in an annex", "Channels"),
        _("Choose by target group."),
    ),
    SectionTemplate(
        "channels_internal",
        pgettext_lazy("heading in an annex", "Internal"),
        _("Channels within the parties."),
        level=2,
        is_required=False,
    ),
    SectionTemplate(
        "channels_external",
        pgettext_lazy("heading in an annex", "External"),
        _("Channels to those outside."),
        level=2,
        is_required=False,
    ),
    SectionTemplate(
        "challenges",
        pgettext_lazy("heading in an annex", "Communication challenges"),
        _("Strengths, weaknesses, opportunities and risks."),
        is_required=False,
    ),
    SectionTemplate(
        "contacts",
        pgettext_lazy("heading in an annex", "Spokespersons and contacts"),
        _("The contacts come from the register and may be changed without a decision."),
        kind="contacts",
    ),
    SectionTemplate(
        "evaluation",
        pgettext_lazy("heading in an annex", "Follow-up and evaluation"),
        _("Questions to answer after each effort, and to whom the result is reported."),
    ),
    SectionTemplate(
        "checklist",
        pgettext_lazy("heading in an annex", "Checklist"),
        _("What to think through before an effort."),
        is_required=False,
    ),
)
