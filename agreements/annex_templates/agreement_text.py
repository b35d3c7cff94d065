"""Headings of a local agreement's own text, in the order of the 2020 Östermalm agreement (R1)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.annex_templates.shape import SectionTemplate, Template

TEMPLATE: Template = (
    SectionTemplate(
        "background",
        pgettext_lazy("heading in an annex", "Background"),
        _("Say what %(the_agreement)s follows from, such as an overarching agreement, and what it is needed for."),
    ),
    SectionTemplate(
        "parties",
        pgettext_lazy("heading in an annex", "Parties and scope of the local agreement"),
        _("The parties come from the list of parties. Write here what %(the_agreement)s governs and where."),
        kind="parties",
        own_heading=pgettext_lazy("heading in an annex", "Parties and what %(the_agreement)s is about"),
    ),
    SectionTemplate(
        "scope",
        pgettext_lazy("heading in an annex", "What %(the_agreement)s covers"),
        _("Name the area and the activities, and what %(the_agreement)s does not change."),
        level=2,
        is_required=False,
    ),
    SectionTemplate(
        "principles",
        pgettext_lazy("heading in an annex", "Common ground rules"),
        _("How the parties want to work: few points, each one possible to follow."),
        level=2,
        is_required=False,
    ),
    SectionTemplate(
        "annexes",
        pgettext_lazy("heading in an annex", "Annexes"),
        _("The list is made from the annexes that there are."),
        kind="annex_list",
    ),
    SectionTemplate(
        "period",
        pgettext_lazy("heading in an annex", "Period"),
        _("From which day it applies, until when, and how often it is revised."),
    ),
    SectionTemplate(
        "termination",
        pgettext_lazy("heading in an annex", "Termination"),
        _("Leave this out when %(the_agreement)s has no notice period."),
        level=2,
        is_required=False,
    ),
    SectionTemplate(
        "organisation",
        pgettext_lazy("heading in an annex", "Local cooperation organisation"),
        _("An introduction to the three levels; annex 2 tells more."),
        is_required=False,
    ),
    SectionTemplate(
        "steering_group",
        pgettext_lazy("heading in an annex", "Local steering group"),
        _("What the group is responsible for and how often it meets. Its functions are listed below the text."),
        level=2,
        kind="groups",
        options={"group_kind": "steering"},
    ),
    SectionTemplate(
        "preparatory_group",
        pgettext_lazy("heading in an annex", "Local preparatory group"),
        _("How matters are prepared and %(working_groups)s appointed."),
        level=2,
        kind="groups",
        options={"group_kind": "preparatory"},
    ),
    SectionTemplate(
        "working_groups",
        pgettext_lazy("heading in an annex", "Local %(working_groups)s"),
        _("What %(working_groups)s do and who must be in them."),
        level=2,
        kind="groups",
        options={"group_kind": "working"},
    ),
    SectionTemplate(
        "picture_and_areas",
        pgettext_lazy("heading in an annex", "Joint local situational picture and chosen %(priority_areas)s"),
        _("Refer to annex 1. The sources are the same list as there."),
        kind="sources",
    ),
    SectionTemplate(
        "priority_areas",
        pgettext_lazy("heading in an annex", "Chosen %(priority_areas)s"),
        _("The areas are fetched from the situational picture in force."),
        level=2,
        kind="priority_areas",
        is_required=False,
    ),
    SectionTemplate(
        "undertakings",
        pgettext_lazy("heading in an annex", "The parties' responsibilities"),
        _("What each party provides: people, information, money."),
        is_required=False,
    ),
    SectionTemplate(
        "changes",
        pgettext_lazy("heading in an annex", "Updates, changes and additions"),
        _("What the steering group may decide, and what must be signed."),
    ),
    SectionTemplate(
        "information",
        pgettext_lazy("heading in an annex", "Information"),
        _("When and to whom the parties must tell each other what matters."),
    ),
    SectionTemplate(
        "disagreements",
        pgettext_lazy("heading in an annex", "If the parties disagree"),
        _("Who tries to solve it first, and who decides last."),
        is_required=False,
    ),
    SectionTemplate(
        "closing",
        pgettext_lazy("heading in an annex", "Originals and signatures"),
        _("How many originals there are and who keeps them. The signature page is made when the text is signed."),
        is_required=False,
    ),
)
