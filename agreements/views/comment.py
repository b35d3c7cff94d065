"""Comments, their answers, and that one has been dealt with."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agreements.models import Annex, Comment, Revision
from agreements.policies.annex import readable_drafts
from agreements.policies.comment import visible_comments
from agreements.views.lookup import annex_or_404, revision_or_404
from agreements.workflow.comment import answer, comment_on, resolve
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.verdict import TransitionRefused


def _back(request: AuthenticatedHttpRequest, comment: Comment) -> HttpResponse:
    """To where the person came from, when that is a page of ours; else to the text."""
    came_from = request.headers.get("referer", "")
    if url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}):
        return HttpResponseRedirect(f"{came_from.partition('#')[0]}#comment-{(comment.answer_to or comment).pk}")
    return redirect(comment.revision or comment.annex)


@require_POST
def comment_answer(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Answer a comment that one may read."""
    comment = get_object_or_404(visible_comments(request.user), pk=pk)
    try:
        answer(comment, text=request.POST.get("text", ""), by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.verdict.reason))
    return _back(request, comment)


@require_POST
def comment_resolve(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Say that a comment needs nothing more."""
    comment = get_object_or_404(visible_comments(request.user), pk=pk)
    try:
        resolve(comment, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.verdict.reason))
    return _back(request, comment)


@require_POST
def revision_comment(request: AuthenticatedHttpRequest, slug: str, number: str, version: int) -> HttpResponse:
    """Comment on a passage of a frozen text."""
    revision = revision_or_404(request.user, slug, number, version)
    return _comment(request, revision)


@require_POST
def draft_comment(request: AuthenticatedHttpRequest, slug: str, number: str) -> HttpResponse:
    """Comment on a section of the working text."""
    annex_or_404(request.user, slug, number)
    annex = get_object_or_404(readable_drafts(request.user), agreement__slug=slug, number=number)
    return _comment(request, annex)


def _comment(request: AuthenticatedHttpRequest, target: Annex | Revision) -> HttpResponse:
    data = request.POST
    try:
        comment = comment_on(
            target, text=data.get("text", ""), by=request.user, section_id=data.get("section_id", "")[:60],
            quote=data.get("quote", "")[:2000], before=data.get("before", ""), after=data.get("after", ""),
        )  # fmt: skip
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.verdict.reason))
        return redirect(target)
    messages.success(request, _("Your comment has been saved."))
    return _back(request, comment)
