"""Removing unlawful content: asking for it, seeing exactly what goes away, confirming, and the tombstone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.documents.redaction import Passages, redacted
from agreements.forms.removal import FileRemovalForm, RejectionForm, RemovalForm
from agreements.models import Removal, Revision
from agreements.pdf.render import forget
from agreements.policies.file import visible_files
from agreements.policies.removal import may_confirm, may_reject, may_request, may_see_selection, may_withdraw
from agreements.rights import today
from agreements.selectors.removals import edition_of, elsewhere, mark_of, passages_of
from agreements.views.form_page import form_page
from agreements.views.lookup import removal_or_404, require, revision_or_404
from agreements.views.redline import redline_context
from agreements.workflow import removal as workflow
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused

PREVIEW = "preview"


@require_http_methods(["GET", "POST"])
def removal_create(request: AuthenticatedHttpRequest, slug: str, number: str, version: int) -> HttpResponse:
    """What shall go from a frozen version, and why? First as a preview, then as a request to the other party."""
    revision = revision_or_404(request.user, slug, number, version)
    require(may_request(request.user, revision))
    form = RemovalForm(request.POST or None, revision=revision)
    context: dict[str, Any] = {"revision": revision, "annex": revision.annex, "agreement": revision.annex.agreement}
    if request.method == "POST" and form.is_valid():
        if request.POST.get("step") == PREVIEW:
            context |= _preview(request.user, revision, form)
        else:
            why = {name: form.cleaned_data[name] for name in ("ground", "provision", "reason")}
            try:
                removal = workflow.request_removal(revision, form.selection, by=request.user, **why)
            except TransitionRefused as refusal:
                form.add_error(None, str(refusal.verdict.reason))
            else:
                messages.success(request, _("Asked for. Nothing is removed before the other party has confirmed."))
                return redirect(removal)
    status = 422 if form.errors else 200
    return render(request, "agreements/removal/create.html", context | {"form": form}, status=status)


def _preview(user: User, revision: Revision, form: RemovalForm) -> dict[str, Any]:
    asked = Removal(ground=form.cleaned_data["ground"], provision=form.cleaned_data["provision"])
    document = revision.document
    edition = redacted(document, form.selection, mark_of(asked, today()))
    return {
        "is_preview": True,
        "elsewhere": elsewhere(user, revision, Passages.of(document, form.selection)),
        **redline_context(revision.annex, document, edition),
    }


@require_http_methods(["GET", "POST"])
def file_removal_create(request: AuthenticatedHttpRequest, slug: str, sha256: str) -> HttpResponse:
    """Why shall a file beside an agreement go, and what stands in its place?"""
    file = get_object_or_404(
        visible_files(request.user).select_related("agreement"), agreement__slug=slug, sha256=sha256
    )
    require(may_request(request.user, file))
    form = FileRemovalForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            removal = workflow.request_file_removal(file, by=request.user, **form.cleaned_data)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal.verdict.reason))
        else:
            messages.success(request, _("Asked for. Nothing is removed before the other party has confirmed."))
            return redirect(removal)
    return form_page(
        request,
        form,
        agreement=file.agreement,
        title=_("Ask that %(file)s be removed") % {"file": file},
        lead=_("The file goes whole, and cannot be had back. The other party confirms it first."),
        button=_("Ask for the removal"),
        back=file.agreement.get_absolute_url(),
        tone="danger",
    )


@require_safe
def removal_detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """While it is open: exactly what goes away. Afterwards the tombstone: what was removed from, why, by whom."""
    removal = removal_or_404(request.user, pk)
    return render(request, "agreements/removal/detail.html", _detail(request.user, removal))


def _detail(user: User, removal: Removal) -> dict[str, Any]:
    context: dict[str, Any] = {
        "removal": removal,
        "agreement": removal.agreement,
        "may_confirm": may_confirm(user, removal),
        "may_withdraw": may_withdraw(user, removal),
        "is_shown": may_see_selection(user, removal),
    }
    if removal.revision is not None and context["is_shown"]:
        edition = edition_of(removal, today())
        context |= redline_context(removal.revision.annex, removal.revision.document, edition)
        context["elsewhere"] = elsewhere(user, removal.revision, passages_of(removal))
    if context["is_shown"]:
        context["edition"] = workflow.edition_hash(removal)
    return context


@require_POST
def removal_confirm(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Carry it out: there is no way back."""
    removal = removal_or_404(request.user, pk)
    require(may_confirm(request.user, removal))
    edition = request.POST.get("edition", "")
    done = _("Removed. The tombstone says what happened.")
    answer = _answered(
        request, removal, done, lambda: workflow.confirm_removal(removal, edition=edition, by=request.user)
    )
    forget()
    return answer


@require_POST
def removal_withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take one's own party's request back."""
    removal = removal_or_404(request.user, pk)
    require(may_withdraw(request.user, removal))
    done = _("Withdrawn. Nothing was removed.")
    return _answered(request, removal, done, lambda: workflow.withdraw_removal(removal, by=request.user))


def _answered(
    request: AuthenticatedHttpRequest, removal: Removal, done: str, act: Callable[[], Removal]
) -> HttpResponse:
    try:
        act()
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.verdict.reason))
    else:
        messages.success(request, done)
    return redirect(removal)


@require_http_methods(["GET", "POST"])
def removal_reject(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Why does it stay?"""
    removal = removal_or_404(request.user, pk)
    require(may_reject(request.user, removal))
    form = RejectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.reject_removal(removal, by=request.user, **form.cleaned_data)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal.verdict.reason))
        else:
            messages.success(request, _("Rejected. Nothing was removed."))
            return redirect(removal)
    title, back = _("Why is nothing to be removed?"), removal.get_absolute_url()
    return form_page(request, form, agreement=removal.agreement, title=title, button=_("Reject the request"), back=back)
