"""Somebody else saved first: both texts, and three choices. Nothing is chosen for the writer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agreements import section_kinds
from agreements.models import PriorityArea, SavedAside
from agreements.policies.annex import readable_drafts
from agreements.selectors.conflict import marked_texts, written_text
from agreements.selectors.passages import BOTH, MINE, THEIRS, Passage, joined, passages
from agreements.views.draft_lookup import denied, edit_address
from agreements.views.section import posted_version
from agreements.workflow import register, sheet
from agreements.workflow.conflict import BY_HAND, Choice, settle_conflict
from agreements.workflow.section import Conflict
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused


@dataclass(frozen=True)
class Standing:
    """What stands in the place now: its text, its version, and who wrote it last."""

    heading: str
    body: str
    version: int
    by: User | None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def conflict_detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """What did they write, what did I? Only for the one who wrote the text aside."""
    aside = _aside_or_404(request.user, pk)
    back = edit_address(aside.section)
    if aside.settled_at is not None:
        if later := _later(aside):
            return redirect("agreements:conflict_detail", later.pk)
        messages.info(request, _("You have already chosen."))
        return redirect(back)
    standing = _standing(aside)
    if request.method != "POST":
        return render(request, _template(aside), _context(aside, standing))
    if request.POST.get("choice") != Choice.THEIRS and posted_version(request) != standing.version:
        return _look_again(request, aside)
    text = _chosen_text(request, aside, standing)
    if text is None:
        context = _context(aside, standing, request.POST) | {"error": _("Choose for each passage, and then join.")}
        return render(request, _template(aside), context, status=422)
    try:
        choice = request.POST["choice"]
        answer = settle_conflict(aside, choice=choice, version=posted_version(request), by=request.user, **text)
    except TransitionRefused as refusal:
        raise denied(refusal) from refusal
    if isinstance(answer, Conflict):
        return _look_again(request, answer.aside)
    messages.success(request, _("Saved."))
    return redirect(back)


def _look_again(request: AuthenticatedHttpRequest, aside: SavedAside) -> HttpResponse:
    """What was picked was picked beside a text that stands there no longer."""
    messages.warning(request, _("The text was saved once more while you chose. Look at both again."))
    return redirect("agreements:conflict_detail", aside.pk)


def _later(aside: SavedAside) -> SavedAside | None:
    """The text that took the place of this one while its page was still open."""
    same = SavedAside.objects.filter(section=aside.section, row=aside.row, saved_by=aside.saved_by)
    later = same.filter(sitting=aside.sitting, saved_at__gt=aside.saved_at, settled_at=None)
    return later.exclude(sitting="").first()


def _template(aside: SavedAside) -> str:
    return f"agreements/conflict/{'by_hand' if aside.row in BY_HAND else 'detail'}.html"


def _aside_or_404(user: User, pk: int) -> SavedAside:
    mine = SavedAside.objects.filter(saved_by=user, section__annex__in=readable_drafts(user).values("pk"))
    return get_object_or_404(mine.select_related("section__annex__agreement", "section__edited_by"), pk=pk)


def _standing(aside: SavedAside) -> Standing:
    section = aside.section
    if aside.row in BY_HAND:
        return Standing("", "", 0, section.edited_by)
    if aside.row:
        area = get_object_or_404(PriorityArea, pk=aside.row, agreement=section.annex.agreement_id)
        last = area.history.select_related("history_user").first()
        return Standing(area.title, area.description, area.version, last.history_user if last else None)
    return Standing(section.heading, section.body, section.version, section.edited_by)


def _chosen_text(request: AuthenticatedHttpRequest, aside: SavedAside, standing: Standing) -> dict[str, str] | None:
    """Heading and body for ``settle_conflict``; None when the choice is not whole yet."""
    choice = request.POST.get("choice", "")
    if choice not in Choice.values:
        return None
    if choice != Choice.JOINED:
        return {"heading": "", "body": ""}
    found = passages(standing.body, aside.body)
    picked = {at: request.POST.get(f"passage-{at}", "") for at, one in enumerate(found) if not one.is_same}
    heading = _heading(request.POST.get("heading", ""), aside, standing)
    if heading is None or not set(picked.values()) <= {THEIRS, MINE, BOTH}:
        return None
    return {"heading": heading, "body": joined(found, picked)}


def _heading(choice: str, aside: SavedAside, standing: Standing) -> str | None:
    if aside.heading == standing.heading:
        return aside.heading
    return {THEIRS: standing.heading, MINE: aside.heading}.get(choice)


def _context(aside: SavedAside, standing: Standing, picked: Mapping[str, str] | None = None) -> dict[str, Any]:
    annex = aside.section.annex
    shared = {
        "aside": aside,
        "section": aside.section,
        "annex": annex,
        "agreement": annex.agreement,
        "standing": standing,
        "earlier": _earlier(aside),
    }
    return shared | (_by_hand(aside) if aside.row in BY_HAND else _side_by_side(aside, standing, picked))


def _by_hand(aside: SavedAside) -> dict[str, Any]:
    """For a text that is no other text's rival: where its words belong."""
    kind = section_kinds.get(aside.section.kind)
    return {
        "is_gone": aside.row == sheet.GONE,
        "is_register": aside.row == register.ROW,
        "mine": written_text(aside.section.annex, aside.body, "min-"),
        "rows_url": kind.edit_url(aside.section) or edit_address(aside.section),
    }


def _side_by_side(aside: SavedAside, standing: Standing, picked: Mapping[str, str] | None) -> dict[str, Any]:
    annex = aside.section.annex
    found = passages(standing.body, aside.body)
    return {
        "is_own": standing.by == aside.saved_by,
        "texts": marked_texts(annex, (standing.heading, standing.body), (aside.heading, aside.body)),
        "passages": [_shown(at, passage, aside, picked or {}) for at, passage in enumerate(found)],
        "picked_heading": (picked or {}).get("heading", ""),
        "has_other_heading": aside.heading != standing.heading,
    }


def _shown(at: int, passage: Passage, aside: SavedAside, picked: Mapping[str, str]) -> dict[str, Any]:
    annex = aside.section.annex
    return {
        "at": at,
        "is_same": passage.is_same,
        "picked": picked.get(f"passage-{at}", ""),
        "theirs": written_text(annex, passage.theirs, f"deras-{at}-"),
        "mine": written_text(annex, passage.mine, f"min-{at}-"),
    }


def _earlier(aside: SavedAside) -> list[dict[str, Any]]:
    """Texts from the same open page that an even later one took the place of, unsaved all of them. What the writer has
    aside from another page is open by itself."""
    same = SavedAside.objects.filter(section=aside.section, row=aside.row, saved_by=aside.saved_by)
    before = same.filter(sitting=aside.sitting, saved_at__lt=aside.saved_at).exclude(sitting="")[:5]
    annex = aside.section.annex
    return [{"saved_at": one.saved_at, "html": written_text(annex, one.body, f"forr-{one.pk}-")} for one in before]
