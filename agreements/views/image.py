"""Pictures in working texts: taken in, and handed out to those who may read a text that shows them."""

from __future__ import annotations

import logging

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, HttpResponseNotModified, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agreements.models import Annex, StoredFile
from agreements.policies.annex import may_edit
from agreements.policies.picture import may_see_picture
from agreements.views.draft_lookup import draft_or_404
from agreements.views.signed_out import keeps_what_was_typed
from agreements.workflow.picture import store_picture
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.verdict import TransitionRefused

logger = logging.getLogger(__name__)
AN_HOUR = 3600


@keeps_what_was_typed
@require_POST
def image_upload(request: AuthenticatedHttpRequest, slug: str, number: str) -> HttpResponse:
    """Take in a picture (multipart ``file``): its hash, address and size in pixels, or 422 with a sentence."""
    annex = draft_or_404(request.user, slug, number)
    if not (verdict := may_edit(request.user, annex)):
        return JsonResponse({"reason": str(verdict.reason), "code": verdict.code}, status=403)
    upload = request.FILES.get("file")
    if not isinstance(upload, UploadedFile):
        return JsonResponse({"error": _("Choose a picture.")}, status=422)
    try:
        file = store_picture(annex, upload, by=request.user)
    except TransitionRefused as refusal:
        return JsonResponse({"error": str(refusal.verdict.reason)}, status=422)
    except OSError:
        logger.exception("A picture could not be stored.")
        return JsonResponse({"error": _("The picture could not be stored just now. Try again later.")}, status=503)
    address = reverse("agreements:image_detail", args=[slug, number, file.sha256])
    return JsonResponse({"asset": file.sha256, "url": address, "width": file.width, "height": file.height})


@require_safe
def image_detail(request: AuthenticatedHttpRequest, slug: str, number: str, sha256: str) -> HttpResponseBase:
    """The picture's bytes. It never changes under its address, but the right to see it may end: kept an hour.

    Whoever reads the text that shows it sees it: those who read an overarching agreement's text as their own annex 5
    need not see that agreement.
    """
    annex = get_object_or_404(Annex.objects.select_related("agreement"), agreement__slug=slug, number=number)
    file = get_object_or_404(StoredFile, agreement=annex.agreement_id, sha256=sha256, kind=StoredFile.Kind.PICTURE)
    if not may_see_picture(request.user, annex, file):
        raise Http404
    headers = {"Cache-Control": f"private, max-age={AN_HOUR}", "ETag": f'"{sha256}"'}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponseNotModified(headers=headers)
    try:
        stream = default_storage.open(file.path)
    except OSError as error:
        logger.exception("A stored picture is not there.")
        raise Http404 from error
    return FileResponse(stream, content_type=file.media_type, headers=headers)
