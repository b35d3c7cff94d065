"""Taking a Word file into the working text of an annex: all of it or nothing (the main job, "Taking in Word")."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.annex_templates import Template, template_for, worded
from agreements.documents.word_import.placing import Placing, place
from agreements.documents.word_import.text import WordText
from agreements.models import Agreement, Annex, Section, SheetValue
from agreements.policies.annex import may_be_written, may_edit
from agreements.states import AnnexKind
from agreements.workflow.picture import write_picture
from agreements.workflow.word_comments import write_comments
from agreements.workflow.word_plan import Planned, planned, template_headings, title_of, with_sheet_key
from agreements.workflow.word_report import TakenIn, report_on
from agreements.workflow.word_sections import write_sections
from samverkan.accounts.models import User
from samverkan.history import remember_why
from samverkan.verdict import TransitionRefused, refused


@dataclass(frozen=True)
class Answers:
    """What a person was asked: may names of people that the file carries outside its text be kept, and may the
    text that the annex has be replaced?"""

    keeps_authors: bool = False
    replaces_text: bool = False


def template_of(annex: Annex) -> Template:
    """The template that the annex began with, in its agreement's words and the active language."""
    template = template_for(annex.kind, is_overarching=annex.agreement.level == Agreement.Level.OVERARCHING)
    return tuple(worded(given, annex.agreement.labels) for given in template)


def placings_for(annex: Annex, word: WordText) -> list[Placing]:
    """Where the parts of the file land by themselves; ``key`` of each can be changed before it is taken in."""
    with translation.override(settings.LANGUAGE_CODE):
        placings = place(word.parts, template_headings(template_of(annex)))
    return with_sheet_key(placings) if annex.kind == AnnexKind.ACTION_PLAN else placings


def has_text(annex: Annex) -> bool:
    """Whether something is written in the annex's working text."""
    shown = Section.objects.filter(annex=annex, is_left_out=False)
    values = SheetValue.objects.filter(field__sheet__section__in=shown)
    is_sheet_filled = values.exclude(html="").exists() or values.filter(commitments__isnull=False).exists()
    return is_sheet_filled or shown.exclude(body="").exists()


@transaction.atomic
def take_in(annex: Annex, word: WordText, placings: Sequence[Placing], *, by: User, answers: Answers) -> TakenIn:
    """Make the working text say what the file says, as ``write_word``.

    Raises TransitionRefused: ``by`` may not edit the annex, or it has a text that may not be replaced.
    """
    annex = _locked(annex)
    if not (verdict := may_edit(by, annex)):
        raise TransitionRefused(verdict)
    if has_text(annex) and not answers.replaces_text:
        raise TransitionRefused(
            refused("text_there", _("The annex has a text already. Say that it may be replaced, and try again."))
        )
    return write_word(annex, word, placings, by=by, answers=answers)


@transaction.atomic
def write_word(
    annex: Annex, word: WordText, placings: Sequence[Placing], *, by: User | None, answers: Answers
) -> TakenIn:
    """Make the working text say what the file says, without asking who does it (``by`` None: the portal itself).

    In the file's order and with its own wording; what the file does not have is left out, so that nothing of the
    template is printed that the file does not say. The former text stays in the history. Raises
    TransitionRefused when the file has no text, or a picture that cannot be stored, and when the annex is not written
    in any more; nothing has changed then.
    """
    if not word.has_text:
        raise TransitionRefused(refused("no_text", gettext_lazy("There is no text in the file.")))
    annex = _locked(annex)
    if not (verdict := may_be_written(annex)):
        raise TransitionRefused(verdict)
    rows = planned(word, placings, annex.kind)
    for image in word.images.values():
        write_picture(annex, image.data, name="", by=by)
    _write_title(annex, *title_of(word), by=by)
    sections = write_sections(annex, rows, by=by)
    sections_of_parts = dict(_places(rows, sections))
    comments = write_comments(annex, word.comments, sections_of_parts, keeps_authors=answers.keeps_authors, by=by)
    return report_on(annex, word, rows, comments=comments, names_kept=answers.keeps_authors)


def _locked(annex: Annex) -> Annex:
    return Annex.objects.select_for_update(of=("self",)).select_related("agreement", "draft_party").get(pk=annex.pk)


def _write_title(annex: Annex, title: str, subtitle: str, *, by: User | None) -> None:
    if (annex.heading, annex.subtitle) != (title, subtitle):
        annex.heading, annex.subtitle = title, subtitle
        remember_why(annex, _("Taken in from Word"), by=by)
        annex.save()


def _places(rows: Iterable[Planned], sections: Iterable[Section]) -> Iterable[tuple[int, Section]]:
    """Each part of the file and the section that it became; of a part that became several, the first."""
    for row, section in reversed(list(zip(rows, sections, strict=True))):
        yield from ((part, section) for part in row.parts)
