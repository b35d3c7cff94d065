"""One annex to read: in force, as a version, or as a draft."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.documents.html import to_html
from agreements.documents.outline import outline
from agreements.models import Annex
from agreements.permissions import Perm
from agreements.policies.annex import may_edit, may_read_draft, may_share
from agreements.policies.comment import may_comment, may_comment_draft
from agreements.policies.decision import may_record_review
from agreements.policies.ending import may_call_off, may_enter_ending, visible_endings
from agreements.policies.proposal import may_submit
from agreements.policies.removal import keeps_records, may_request
from agreements.rights import has, today
from agreements.selectors.annexes import (
    Reading,
    files_beside,
    moving_proposal,
    of_draft,
    of_revision,
    reading_for,
    versions_of,
)
from agreements.selectors.as_it_was import agreement_on
from agreements.selectors.comments import comments_beside
from agreements.selectors.deadlines import deadlines
from agreements.selectors.endings import sorted_out
from agreements.selectors.removals import tombstones
from agreements.views.lookup import annex_or_404, asked_day, revision_or_404
from samverkan.accounts.http import AuthenticatedHttpRequest


def asset_address(annex: Annex, sha256: str) -> str:
    """Where a picture of an annex is shown; the view there checks the rights again."""
    return reverse("agreements:image_detail", args=[annex.agreement.slug, annex.number, sha256])


def document_html(reading: Reading) -> SafeString:
    """The document as HTML under the page's <h1>."""
    owner = reading.revision.annex if reading.revision else reading.annex
    return to_html(
        reading.document,
        asset_url=lambda sha256: asset_address(owner, sha256),
        heading_shift=0,
        notes="popover",
        id_prefix="",
    )


def _context(request: AuthenticatedHttpRequest, reading: Reading) -> dict[str, Any]:
    annex = reading.annex
    due = [item for item in deadlines([annex.agreement], today()) if item.annex and item.annex.pk == annex.pk]
    return {
        "annex": annex,
        "agreement": annex.agreement,
        "agreement_title": annex.agreement.title,
        "reading": reading,
        "html": document_html(reading),
        "outline": outline(reading.document),
        "versions": versions_of(request.user, annex),
        "moving": moving_proposal(request.user, annex),
        "may_edit": may_edit(request.user, annex),
        "may_read_draft": may_read_draft(request.user, annex) and not annex.follows_parent,
        "takes_part": has(request.user, Perm.READ_PROPOSED, annex),
        "may_submit": may_submit(request.user, annex),
        "may_comment": may_comment_draft(request.user, annex)
        if reading.revision is None
        else may_comment(request.user, annex),
        "comments": comments_beside(request.user, reading) if has(request.user, Perm.COMMENT, annex) else [],
        "may_share": may_share(request.user, annex) if annex.draft_party_id else None,
        "may_remove": may_request(request.user, reading.revision) if reading.revision else None,
        "may_remove_files": keeps_records(request.user, annex.agreement),
        "tombstones": tombstones([reading.revision]),
        "may_review": may_record_review(request.user, annex),
        "may_end": may_enter_ending(request.user, annex),
        "may_call_off": may_call_off(request.user, annex),
        **_ending_context(request, annex),
        "overdue": [item for item in due if item.is_overdue(today())],
        "attachments": files_beside(reading),
    }


def _ending_context(request: AuthenticatedHttpRequest, annex: Annex) -> dict[str, Any]:
    """What was entered about the annex's end: what waits for confirmation, and what is in effect. One query."""
    endings = sorted_out(visible_endings(request.user).filter(annex=annex))
    return {
        "ending_entered": endings.entered,
        "ending": endings.in_effect,
        "ends_in_the_past": annex.ends_on is not None and annex.ends_on < today(),
    }


@require_safe
def annex_detail(request: AuthenticatedHttpRequest, slug: str, number: str) -> HttpResponse:
    """What does it say? The text in force today, or on ?den=…; where nothing is, the newest there is to read."""
    annex = annex_or_404(request.user, slug, number)
    asked = asked_day(request)
    reading = reading_for(request.user, annex, asked.day)
    if reading is None:
        if not asked.is_another:
            raise Http404(_("There is nothing to read here."))
        return render(
            request, "agreements/annex/nothing.html", {"annex": annex, "agreement": annex.agreement, "asked": asked}
        )
    then = agreement_on(annex.agreement, asked.day, [reading.decision] if reading.decision else [])
    context = {"asked": asked, "is_another_day": asked.is_another, "agreement_title": then.title}
    return render(request, "agreements/annex/detail.html", _context(request, reading) | context)


@require_safe
def annex_draft(request: AuthenticatedHttpRequest, slug: str, number: str) -> HttpResponse:
    """The working text as it would be frozen now: a preview is a freeze that is not kept."""
    annex = annex_or_404(request.user, slug, number)
    if not may_read_draft(request.user, annex):
        raise Http404
    return render(request, "agreements/annex/detail.html", _context(request, of_draft(annex)))


@require_safe
def revision_detail(request: AuthenticatedHttpRequest, slug: str, number: str, version: int) -> HttpResponse:
    """One frozen version, whatever became of it."""
    revision = revision_or_404(request.user, slug, number, version)
    return render(request, "agreements/annex/detail.html", _context(request, of_revision(revision, today())))
