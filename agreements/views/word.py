"""Taking in a Word file: choose it, see what it becomes, take it in. Nothing is saved before the last step."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agreements.documents.html import to_html
from agreements.documents.word_import.placing import Placing
from agreements.documents.word_import.reader import read_word
from agreements.documents.word_import.refusals import WordRefused
from agreements.documents.word_import.report import LineKind
from agreements.documents.word_import.text import WordText
from agreements.forms.word import PlacingForm, WordUploadForm, names_of
from agreements.models import Annex
from agreements.views.draft_lookup import editable_or_403
from agreements.workflow import word_waiting
from agreements.workflow.word import has_text, placings_for, take_in, template_of
from agreements.workflow.word_plan import planned, title_of
from agreements.workflow.word_preview import picture_addresses, preview_document, section_id
from agreements.workflow.word_proposals import proposals_for
from agreements.workflow.word_report import counts, heading_words, lost_words, remarks
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.verdict import TransitionRefused

logger = logging.getLogger(__name__)
SHOWN_WORDS = 20


@dataclass(frozen=True)
class Waiting:
    """A file that has been chosen, read, and not taken in."""

    ticket: str
    name: str
    word: WordText
    placings: list[Placing]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def word_create(request: AuthenticatedHttpRequest, slug: str, number: str) -> HttpResponse:
    """Choose a file. One that cannot be read is refused with a sentence, and another can be chosen."""
    annex = editable_or_403(request.user, slug, number)
    form = WordUploadForm(request.POST, request.FILES) if request.method == "POST" else WordUploadForm()
    status = 200
    if form.is_bound and form.is_valid():
        try:
            ticket = word_waiting.keep(annex, form.content, name=form.cleaned_data["file"].name or "", by=request.user)
        except OSError:
            logger.exception("A Word file could not be kept.")
            form.add_error("file", _("The file could not be received just now. Try again later."))
            status = 503
        else:
            return redirect("agreements:word_preview", slug, number, ticket)
    elif form.is_bound:
        status = 422
    context = {"annex": annex, "agreement": annex.agreement, "form": form, "has_text": has_text(annex)}
    return render(request, "agreements/word/create.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def word_preview(request: AuthenticatedHttpRequest, slug: str, number: str, ticket: str) -> HttpResponse:
    """Did everything come along? The parts and where each goes, the text itself, and what was not understood."""
    annex = editable_or_403(request.user, slug, number)
    try:
        data, name = word_waiting.fetch(ticket, annex, by=request.user)
    except word_waiting.NotWaiting:
        messages.warning(request, _("The file is not waiting here any more. Choose it again."))
        return redirect("agreements:word_create", slug, number)
    if "cancel" in request.POST:
        word_waiting.forget(ticket, annex, by=request.user)
        return redirect("agreements:word_create", slug, number)
    try:
        word = read_word(data)
    except (
        WordRefused
    ) as refusal:  # it could be read when it was chosen: the portal has learnt since, or the disk has failed
        word_waiting.forget(ticket, annex, by=request.user)
        messages.error(request, str(refusal.reason))
        return redirect("agreements:word_create", slug, number)
    waiting = Waiting(ticket, name, word, placings_for(annex, word))
    form = PlacingForm(
        request.POST or None,
        placings=waiting.placings,
        template=template_of(annex),
        properties=word.properties,
        has_text=has_text(annex),
    )
    if form.is_bound and form.is_valid() and (answer := _take(request, annex, waiting, form)):
        return answer
    status = 422 if form.errors else 200
    return render(request, "agreements/word/preview.html", _context(annex, waiting, form), status=status)


def _take(request: AuthenticatedHttpRequest, annex: Annex, waiting: Waiting, form: PlacingForm) -> HttpResponse | None:
    """Take the file in, and go on to what else it told; None, with the reason on the form, when it is refused."""
    try:
        with transaction.atomic():
            taken = take_in(annex, waiting.word, form.placings(), by=request.user, answers=form.answers())
            transaction.on_commit(lambda: word_waiting.forget(waiting.ticket, annex, by=request.user))
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal.verdict.reason))
        return None
    except OSError:
        logger.exception("A Word file's pictures could not be stored.")
        form.add_error(None, _("The pictures could not be stored just now. Nothing was taken in. Try again later."))
        return None
    found = ", ".join(counts(taken.report))
    messages.success(request, _("Taken in: %(found)s.") % {"found": found})
    if not taken.is_complete:
        lost = " ".join(taken.lost[:SHOWN_WORDS])
        messages.error(request, _("Some words did not come along: %(words)s. Compare with the file.") % {"words": lost})
    slug, number = annex.agreement.slug, annex.number
    if any(proposal.is_open for proposal in proposals_for(annex)):
        return redirect("agreements:word_proposal_list", slug, number)
    return redirect("agreements:annex_edit", slug, number)


def _context(annex: Annex, waiting: Waiting, form: PlacingForm) -> dict[str, Any]:
    word = waiting.word
    rows = planned(word, waiting.placings, annex.kind)
    document = preview_document(annex, word, rows)
    title, subtitle = title_of(word)
    ids = {row.parts: section_id(at) for at, row in reversed(list(enumerate(rows)))}
    sheets = {row.parts for row in rows if row.sheet}
    return {
        "annex": annex,
        "agreement": annex.agreement,
        "form": form,
        "file_name": waiting.name,
        "ticket": waiting.ticket,
        "counts": counts(word.report),
        "is_complete": not list(lost_words(word, rows, document, with_title=bool(title))),
        "names_damage": word.report.names_damage,
        "title": title,
        "subtitle": subtitle,
        "names": names_of(word.properties),
        "not_understood": remarks(word.report, LineKind.NOT_UNDERSTOOD),
        "changed": remarks(word.report, LineKind.CHANGED),
        "left_out": remarks(word.report, LineKind.LEFT_OUT),
        "to_decide": remarks(word.report, LineKind.ASK, with_names=False),
        "places": [
            {
                "name": heading_words(placing.heading),
                "level": placing.level,
                "id": ids[placing.parts],
                "field": field,
                "is_sheet": placing.parts in sheets,
            }
            for placing, field in form.places()
        ],
        "html": to_html(document, asset_url=picture_addresses(word), heading_shift=1, notes="popover"),
    }
