"""What can be printed or fetched as a file."""

from __future__ import annotations

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from agreements.models import Removal, StoredFile
from agreements.pdf.printing import agreement_pdf, annex_pdf, contact_sheet_pdf, redline_pdf
from agreements.permissions import Perm
from agreements.policies.annex import may_read_draft, readable_drafts
from agreements.policies.file import visible_files
from agreements.rights import has, today
from agreements.selectors.annexes import of_draft, of_revision
from agreements.selectors.exports import agreement_export as exported_agreement
from agreements.selectors.files import read_file
from agreements.views.lookup import agreement_or_404, annex_or_404, day_to_print, revision_or_404
from agreements.views.redline import chosen_pair
from samverkan.accounts.http import AuthenticatedHttpRequest


def pdf_response(data: bytes | None, name: str) -> HttpResponse:
    """A PDF shown in the browser under a telling name. None: 404."""
    if data is None:
        raise Http404
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slugify(name)}.pdf"'
    return response


@require_safe
def agreement_print(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """The whole agreement as in force today or on ?den=…; while nothing is in force today, those who read drafts get
    one from the drafts that are theirs to read, marked so. Drafts say nothing of another day."""
    agreement = agreement_or_404(request.user, slug)
    day = day_to_print(request)
    data = agreement_pdf(agreement, day)
    if data is None and day == today() and has(request.user, Perm.EDIT_TEXTS, agreement):
        drafts = readable_drafts(request.user).filter(agreement=agreement)
        data = agreement_pdf(agreement, day, drafts=set(drafts.values_list("pk", flat=True)))
    return pdf_response(data, f"{slug}-{day}")


@require_safe
def revision_print(request: AuthenticatedHttpRequest, slug: str, number: str, version: int) -> HttpResponse:
    """One version as a PDF, as it stands today."""
    revision = revision_or_404(request.user, slug, number, version)
    return pdf_response(annex_pdf(of_revision(revision, today())), f"{slug}-bilaga-{number}-version-{version}")


@require_safe
def draft_print(request: AuthenticatedHttpRequest, slug: str, number: str) -> HttpResponse:
    """The working text as a PDF, for those who read it."""
    annex = annex_or_404(request.user, slug, number)
    if not may_read_draft(request.user, annex):
        raise Http404
    return pdf_response(annex_pdf(of_draft(annex)), f"{slug}-bilaga-{number}-utkast")


@require_safe
def contacts_print(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """The sheet of contacts, on its own."""
    agreement = agreement_or_404(request.user, slug)
    return pdf_response(contact_sheet_pdf(agreement, today()), f"{slug}-kontakter-{today()}")


@require_safe
def redline_print(request: AuthenticatedHttpRequest, slug: str, number: str) -> HttpResponse:
    """What changed between two texts, as a PDF."""
    annex = annex_or_404(request.user, slug, number)
    pair = chosen_pair(request, annex)
    return pdf_response(redline_pdf(pair.old, pair.new), f"{slug}-bilaga-{number}-andringar")


@require_safe
def agreement_export(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """The frozen documents with their hashes, as JSON."""
    agreement = agreement_or_404(request.user, slug)
    response = JsonResponse(
        exported_agreement(agreement, today()), json_dumps_params={"ensure_ascii": False, "sort_keys": True}
    )
    response["Content-Disposition"] = f'attachment; filename="{slug}.json"'
    return response


@require_safe
def file_detail(request: AuthenticatedHttpRequest, slug: str, sha256: str) -> HttpResponse:
    """A PDF beside the agreement (minutes, a scan, an annex of its own); never run, never guessed at. In the place
    of a removed one stands its masked copy, or what is said of the removal."""
    file = get_object_or_404(visible_files(request.user), agreement__slug=slug, sha256=sha256)
    removal = file.removals.filter(status=Removal.Status.CONFIRMED).select_related("masked_file").first()
    if removal is None:
        return served(file)
    return served(removal.masked_file) if removal.masked_file else redirect(removal)


def served(file: StoredFile) -> HttpResponse:
    """The bytes with their own type; the browser must not guess another."""
    response = HttpResponse(read_file(file), content_type=file.media_type)
    response["Content-Disposition"] = f'inline; filename="{slugify(file.name.rpartition(".")[0] or file.sha256[:12])}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    return response
