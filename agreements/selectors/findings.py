"""What a coordinator should know before an annex is submitted: errors stop, warnings take one answer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from agreements import section_kinds
from agreements.annex_templates import section_template
from agreements.documents import checker
from agreements.documents.block_types import Document
from agreements.documents.checker import Code, Finding, Severity
from agreements.documents.text import plain
from agreements.models import Agreement, Annex, Section
from agreements.selectors.draft import document_of, sections_to_freeze
from agreements.states import AnnexKind

SHEET = "action_plan_sheet"
UUID_LENGTH = 36


def findings(annex: Annex) -> list[Finding]:
    """Everything that is found in the annex's working text, errors first, then in reading order.

    The checker's own findings, empty headings that the template demands, required sections that were left out,
    pictures that are missing, and what the section kinds say about their rows (priority areas without an action
    plan, open points). ``section_id`` is that of a section of the annex, ``checker.HEAD`` or empty.
    """
    annex, sections = sections_to_freeze(annex)
    document = document_of(annex, sections)
    known = {str(section.pk): section for section in sections}
    required = {} if stands_in_file(annex) else _required(sections)
    found = [
        *_named(annex, document),
        *_checked(document, required, known),
        *_missing_pictures(document),
        *_of_rows(sections),
        *(() if stands_in_file(annex) else _left_out(annex)),
    ]
    order = {id_: at for at, id_ in enumerate(known)}
    return sorted(
        (_in_section(finding, known) for finding in found),
        key=lambda finding: (finding.severity != Severity.ERROR, order.get(finding.section_id, -1)),
    )


def section_findings(section: Section, document: Document) -> list[Finding]:
    """What is found in one section, ``document`` being the section alone (``draft.section_document``): without
    jumps between headings, which take more than one section to see."""
    required = {} if stands_in_file(section.annex) else _required([section])
    found = checker.findings(document, required=required)
    rows = list(_of_rows([section]))
    own = [finding for finding in found if finding.code != Code.HEADING_JUMP]
    if rows or section.kind == SHEET:
        own = [finding for finding in own if finding.code != Code.OPEN_POINT]
    return [*own, *_missing_pictures(document), *rows]


def stands_in_file(annex: Annex) -> bool:
    """Whether a file beside stands for the text, as an overarching agreement's own PDF may (R3). Reads ``agreement``;
    a query for such a text only."""
    is_overarching = annex.kind == AnnexKind.OVERARCHING_AGREEMENT or (
        annex.is_agreement_text and annex.agreement.level == Agreement.Level.OVERARCHING
    )
    return is_overarching and annex.attachments.exists()


def _named(annex: Annex, document: Document) -> Iterable[Finding]:
    """What is found in the annex's name in lists and notices, where the text has a title of its own."""
    return checker.head_findings(annex.kind, [annex.title]) if annex.title != document["title"] else ()


def _checked(document: Document, required: dict[str, str], known: dict[str, Section]) -> Iterable[Finding]:
    """The checker's findings; a sheet tells of its open points itself, with who settles them and when."""
    for finding in checker.findings(document, required=required):
        section = known.get(finding.section_id[:UUID_LENGTH])
        if not (finding.code == Code.OPEN_POINT and section is not None and section.kind == SHEET):
            yield finding


def _required(sections: Sequence[Section]) -> dict[str, str]:
    """The headings, by section, of those that the template demands a text in."""
    return {str(section.pk): plain(section.heading) for section in sections if is_required(section)}


def is_required(section: Section) -> bool:
    """Whether the annex's template demands a text in this section. Reads ``annex`` and its ``agreement``."""
    if not section.template_key:
        return False
    is_overarching = section.annex.agreement.level == Agreement.Level.OVERARCHING
    template = section_template(section.annex.kind, section.template_key, is_overarching=is_overarching)
    return template is not None and template.is_required


def _missing_pictures(document: Document) -> Iterable[Finding]:
    known = {sha256 for sha256, asset in document["assets"].items() if asset["media_type"]}
    for block in document["blocks"]:
        if block["type"] == "figure" and block["asset"] not in known:
            sentence = _("The picture is missing. Insert it again.")
            yield Finding("picture_missing", Severity.ERROR, block["id"], sentence, plain(block["caption"]))


def _of_rows(sections: Sequence[Section]) -> Iterable[Finding]:
    for section in sections:
        for code, sentence in section_kinds.get(section.kind).check(section):
            yield Finding(code, Severity.WARNING, str(section.pk), sentence)


def _left_out(annex: Annex) -> Iterable[Finding]:
    for section in annex.sections.filter(is_left_out=True).defer("body"):
        section.annex = annex
        if is_required(section):
            sentence = _("A section that the template demands has been left out.")
            yield Finding("left_out", Severity.WARNING, str(section.pk), sentence, plain(section.heading))


def _in_section(finding: Finding, known: dict[str, Section]) -> Finding:
    """The finding with the id of the section where it is, when it names a block or row in it."""
    id_ = finding.section_id
    if id_ in known or id_[:UUID_LENGTH] not in known:
        return finding
    return Finding(finding.code, finding.severity, id_[:UUID_LENGTH], finding.message, finding.quote)


def key_of(finding: Finding) -> str:
    """A short word for a finding, the same as long as it says the same of the same place."""
    words = "|".join((finding.code, finding.section_id, finding.quote or str(finding.message)))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def unanswered(annex: Annex, found: Sequence[Finding]) -> list[Finding]:
    """The warnings among ``found`` that the annex's answer does not cover (Annex.checked_warnings)."""
    answered = {key for answer in annex.checked_warnings for key in answer.get("keys", ())}
    return [finding for finding in found if finding.severity == Severity.WARNING and key_of(finding) not in answered]
