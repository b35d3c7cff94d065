"""The headings that a new annex of each kind begins with, and a line of guidance for each.

Source: the headings of the real documents (R1, R17-R40, R52, R81-R83, R95, R97) and 4 § lag (2023:196), which
demands a survey, other information of importance and an analysis of a lägesbild.
"""

from agreements.annex_templates import (
    action_plan,
    agreement_text,
    communication_plan,
    cooperation_structure,
    other,
    overarching_agreement,
    situational_picture,
)
from agreements.annex_templates.shape import SectionTemplate, Template, worded
from agreements.states import AnnexKind

__all__ = ["TEMPLATES", "SectionTemplate", "Template", "section_template", "template_for", "worded"]

TEMPLATES: dict[AnnexKind, Template] = {
    AnnexKind.AGREEMENT_TEXT: agreement_text.TEMPLATE,
    AnnexKind.SITUATIONAL_PICTURE: situational_picture.TEMPLATE,
    AnnexKind.COOPERATION_STRUCTURE: cooperation_structure.TEMPLATE,
    AnnexKind.ACTION_PLAN: action_plan.TEMPLATE,
    AnnexKind.COMMUNICATION_PLAN: communication_plan.TEMPLATE,
    AnnexKind.OVERARCHING_AGREEMENT: overarching_agreement.TEMPLATE,
    AnnexKind.OTHER: other.TEMPLATE,
}


def template_for(kind: str, *, is_overarching: bool = False) -> Template:
    """The sections of a new annex; an overarching agreement's own text has headings of its own."""
    known = AnnexKind(kind)
    if known == AnnexKind.AGREEMENT_TEXT and is_overarching:
        known = AnnexKind.OVERARCHING_AGREEMENT
    return TEMPLATES[known]


def section_template(kind: str, key: str, *, is_overarching: bool = False) -> SectionTemplate | None:
    """What the template says about the section with ``key``; None for a section that it does not know."""
    found = template_for(kind, is_overarching=is_overarching)
    return next((section for section in found if section.key == key), None)
