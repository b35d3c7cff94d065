"""Headings of an overarching agreement between municipality and police region; it frames the local ones (R2-R4)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.annex_templates.shape import SectionTemplate, Template

TEMPLATE: Template = (
    SectionTemplate(
        "background",
        pgettext_lazy("heading in an annex", "Background"),
        _("Why the parties cooperate, and on what ground."),
    ),
    SectionTemplate(
        "parties",
        pgettext_lazy("heading in an annex", "Parties"),
        _("The parties come from the list of parties."),
        kind="parties",
    ),
    SectionTemplate(
        "purpose",
        pgettext_lazy("heading in an annex", "Purpose"),
        _("What the cooperation is to lead to."),
    ),
    SectionTemplate(
        "direction",
        pgettext_lazy("heading in an annex", "Joint direction"),
        _("Goals for the whole municipality."),
    ),
    SectionTemplate(
        "values",
        pgettext_lazy("heading in an annex", "Starting points"),
        _("Values that the work rests on."),
        is_required=False,
    ),
    SectionTemplate(
        "method",
        pgettext_lazy("heading in an annex", "Ways of working"),
        _("How knowledge becomes measures."),
        is_required=False,
    ),
    SectionTemplate(
        "undertakings",
        pgettext_lazy("heading in an annex", "Undertakings of the parties"),
        _("Joint undertakings, and those of each party."),
    ),
    SectionTemplate(
        "undertakings_joint",
        pgettext_lazy("heading in an annex", "Joint undertakings"),
        _("What the parties do together."),
        level=2,
        is_required=False,
    ),
    SectionTemplate(
        "undertakings_municipality",
        pgettext_lazy("heading in an annex", "The municipality"),
        _("What the municipality undertakes."),
        level=2,
        is_required=False,
    ),
    SectionTemplate(
        "undertakings_police",
        pgettext_lazy("heading in an annex", "The police region"),
        _("What the police region undertakes."),
        level=2,
        is_required=False,
    ),
    SectionTemplate(
        "organisation",
        pgettext_lazy("heading in an annex", "Organisation"),
        _("The forum for joint questions, and the central preparatory group."),
        kind="groups",
        options={"group_kind": "central_preparatory"},
    ),
    SectionTemplate(
        "local_agreements",
        pgettext_lazy("heading in an annex", "Local agreements"),
        _("Which there are to be, and what each must contain."),
    ),
    SectionTemplate(
        "information_exchange",
        pgettext_lazy("heading in an annex", "Exchange of information and confidentiality"),
        _("What may be shared, and where."),
        is_required=False,
    ),
    SectionTemplate(
        "personal_data",
        pgettext_lazy("heading in an annex", "Personal data"),
        _("Who is responsible for which data."),
        level=2,
        is_required=False,
    ),
    SectionTemplate(
        "funding",
        pgettext_lazy("heading in an annex", "Funding"),
        _("Who pays for what."),
        is_required=False,
    ),
    SectionTemplate(
        "competence",
        pgettext_lazy("heading in an annex", "Competence and support"),
        _("Training for those who take part."),
        is_required=False,
    ),
    SectionTemplate(
        "other_actors",
        pgettext_lazy("heading in an annex", "Cooperation with others"),
        _("How others take part without being parties."),
        is_required=False,
    ),
    SectionTemplate(
        "follow_up",
        pgettext_lazy("heading in an annex", "Follow-up"),
        _("How the cooperation as a whole is evaluated."),
    ),
    SectionTemplate(
        "communication",
        pgettext_lazy("heading in an annex", "Communication"),
        _("Who informs about what."),
        is_required=False,
    ),
    SectionTemplate(
        "period",
        pgettext_lazy("heading in an annex", "Validity"),
        _("From when, until when, and the notice period."),
    ),
    SectionTemplate(
        "changes",
        pgettext_lazy("heading in an annex", "Changes and additions"),
        _("How the text is changed, and how local agreements follow."),
    ),
    SectionTemplate(
        "closing",
        pgettext_lazy("heading in an annex", "Signatures"),
        _("How many originals there are and who keeps them."),
        is_required=False,
    ),
)
