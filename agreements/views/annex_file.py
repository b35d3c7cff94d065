"""Files beside the working text of an annex: the editing page lists them."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.forms.annex_file import AnnexFileForm
from agreements.models import Annex
from agreements.policies.annex import may_lay_beside
from agreements.views.draft_lookup import draft_or_404
from agreements.views.form_page import form_page
from agreements.views.lookup import require
from agreements.workflow.annex_file import lay_beside, take_away
from agreements.workflow.file import store_pdf
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused


def _annex(user: User, slug: str, number: str) -> Annex:
    """The annex beside whose draft ``user`` may lay files; 404 for who may not read it, 403 with the reason."""
    annex = draft_or_404(user, slug, number)
    require(may_lay_beside(user, annex))
    return annex


def _list_address(annex: Annex) -> str:
    return reverse("agreements:annex_edit", args=[annex.agreement.slug, annex.number]) + "#filer"


@require_http_methods(["GET", "HEAD", "POST"])
def annex_file_create(request: AuthenticatedHttpRequest, slug: str, number: str) -> HttpResponse:
    """Lay a PDF beside the draft."""
    annex = _annex(request.user, slug, number)
    is_sent = request.method == "POST"
    form = AnnexFileForm(
        request.POST if is_sent else None, request.FILES if is_sent else None, prefix=AnnexFileForm.PREFIX
    )
    if is_sent and form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():
                file = store_pdf(annex.agreement, data["file"], by=request.user)
                beside = lay_beside(annex, file, title=form.name(), dated=data["dated"], by=request.user)
        except TransitionRefused as refusal:
            form.add_error("file", str(refusal.verdict.reason))
        else:
            messages.success(request, _("%(file)s lies beside the text now.") % {"file": beside})
            return redirect(_list_address(annex))
    return form_page(
        request,
        form,
        agreement=annex.agreement,
        title=_("Lay a file beside %(annex)s") % {"annex": annex},
        lead=_("The next version that is submitted names the file, with its date and fingerprint."),
        button=_("Add the file"),
        back=_list_address(annex),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def annex_file_remove(request: AuthenticatedHttpRequest, slug: str, number: str, pk: int) -> HttpResponse:
    """Take a file away from the draft, after a question."""
    annex = _annex(request.user, slug, number)
    beside = get_object_or_404(annex.attachments.select_related("annex"), pk=pk)
    if request.method == "POST":
        take_away(beside, by=request.user)
        messages.success(request, _("%(file)s has been taken away from the draft.") % {"file": beside})
        return redirect(_list_address(annex))
    return form_page(
        request,
        forms.Form(),
        agreement=annex.agreement,
        title=_("Take away the file %(file)s") % {"file": beside},
        lead=_("Versions that have been submitted keep it."),
        button=_("Take the file away"),
        back=_list_address(annex),
        tone="danger",
    )
