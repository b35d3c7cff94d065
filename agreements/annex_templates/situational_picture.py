"""Headings of a lägesbild (R52), with the survey, other information and analysis that 4 § lag (2023:196) demands."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.annex_templates.shape import SectionTemplate, Template

TEMPLATE: Template = (
    SectionTemplate(
        "introduction",
        pgettext_lazy("heading in an annex", "Introduction"),
        _("Who has made the picture, which area it covers, which one it replaces."),
        is_required=False,
        is_numbered=True,
    ),
    SectionTemplate(
        "purpose",
        pgettext_lazy("heading in an annex", "Purpose and background"),
        _("What the picture is to be used for in %(the_agreement)s."),
        level=2,
        is_numbered=True,
    ),
    SectionTemplate(
        "method",
        pgettext_lazy("heading in an annex", "Method and sources"),
        _("How you have worked. The sources are listed below the text."),
        level=2,
        kind="sources",
        is_numbered=True,
    ),
    SectionTemplate(
        "description",
        pgettext_lazy("heading in an annex", "Description of the area"),
        _("What somebody who has never been there needs to know."),
        is_numbered=True,
    ),
    SectionTemplate(
        "police_area",
        pgettext_lazy("heading in an annex", "The local police area"),
        _("Which municipalities it covers, and how it is organised."),
        level=2,
        is_numbered=True,
    ),
    SectionTemplate(
        "district",
        pgettext_lazy("heading in an annex", "The district and its parts"),
        _("Housing, schools, workplaces, meeting places, events."),
        level=2,
        is_numbered=True,
    ),
    SectionTemplate(
        "population",
        pgettext_lazy("heading in an annex", "Population"),
        _("Numbers with year and source, compared with the municipality or the country."),
        level=2,
        is_numbered=True,
    ),
    SectionTemplate(
        "crime",
        pgettext_lazy("heading in an annex", "Development of crime"),
        _("The survey that the law asks for: extent, development and consequences. One sub-section per problem."),
        is_numbered=True,
    ),
    SectionTemplate(
        "extent",
        pgettext_lazy("heading in an annex", "Crime as a whole"),
        _("All reported crimes over several years, beside comparable areas."),
        level=2,
        is_numbered=True,
    ),
    SectionTemplate(
        "consequences",
        pgettext_lazy("heading in an annex", "Consequences for those who live and work here"),
        _("What crime does to everyday life, and what it costs."),
        level=2,
        is_numbered=True,
    ),
    SectionTemplate(
        "perceived_safety",
        pgettext_lazy("heading in an annex", "Residents' experience of safety"),
        _("Surveys and dialogues. Say how many answered."),
        is_numbered=True,
    ),
    SectionTemplate(
        "other_information",
        pgettext_lazy("heading in an annex", "Other information of importance"),
        _("The law asks for it: what others know, and what is about to change."),
        level=2,
        is_numbered=True,
    ),
    SectionTemplate(
        "analysis",
        pgettext_lazy("heading in an annex", "Analysis"),
        _("The law asks for it: probable causes, where and when, whom it strikes, and what protects."),
        is_numbered=True,
    ),
    SectionTemplate(
        "assessment",
        pgettext_lazy("heading in an annex", "Overall assessment"),
        _("What follows from the analysis, and why something was not chosen."),
        level=2,
        is_required=False,
        is_numbered=True,
    ),
    SectionTemplate(
        "priority_areas",
        pgettext_lazy("heading in an annex", "Chosen %(priority_areas)s"),
        _("The areas chosen, with their descriptions below. Each needs an action plan."),
        kind="priority_areas",
        is_numbered=True,
    ),
    SectionTemplate(
        "definitions",
        pgettext_lazy("heading in an annex", "Definitions"),
        _("Words that may be misunderstood, and where their meaning comes from."),
        kind="definitions",
        is_required=False,
        is_numbered=True,
    ),
    SectionTemplate(
        "crime_codes",
        pgettext_lazy("heading in an annex", "Crime codes"),
        _("Which codes stand behind each type of crime."),
        level=2,
        is_required=False,
        is_numbered=True,
    ),
)
