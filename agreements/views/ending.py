"""An annex ends: entered by one party, confirmed or disputed by the other, corrected by a new entry."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.forms.ending import EndingForm
from agreements.forms.proposal import ReasonForm
from agreements.models import Ending
from agreements.policies import ending as policy
from agreements.rights import today
from agreements.views.lookup import annex_or_404, ending_or_404, require
from agreements.workflow import ending as workflow
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused, Verdict


@require_http_methods(["GET", "POST"])
def annex_end(request: AuthenticatedHttpRequest, slug: str, number: str) -> HttpResponse:
    """Enter that an annex ends by a decision of the agreement, or that it ends on another day than was entered."""
    annex = annex_or_404(request.user, slug, number)
    require(policy.may_enter_ending(request.user, annex))
    form = EndingForm(request.POST or None, annex=annex)
    if request.method == "POST" and form.is_valid():
        try:
            ending = workflow.enter_ending(annex, by=request.user, **form.cleaned_data)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal.verdict.reason))
        else:
            messages.success(request, _("Entered. The annex ends when every other party has confirmed it."))
            return redirect(ending)
    is_correction = annex.ends_on is not None
    title = _("Correct the last day of %(annex)s") if is_correction else _("End %(annex)s")
    context = {
        "title": title % {"annex": annex},
        "lead": _(
            "Every other party confirms it first. Then the annex stays readable, with its history, but is no longer "
            "in force after its last day."
        ),
        "form": form,
        "button": _("Enter"),
        "back": annex.get_absolute_url(),
        "agreement": annex.agreement,
    }
    return render(request, "agreements/form.html", context, status=422 if form.errors else 200)


@require_safe
def ending_detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """When does the annex end, by which decision, and who says so? With what else was entered about it."""
    ending = ending_or_404(request.user, pk)
    annex = ending.annex
    others = policy.visible_endings(request.user).filter(annex=annex).exclude(pk=ending.pk)
    newer = others.filter(status=Ending.Status.IN_EFFECT, pk__gt=ending.pk).first()
    context = {
        "ending": ending,
        "annex": annex,
        "agreement": annex.agreement,
        "confirmations": ending.confirmations.select_related("party__organisation", "confirmed_by"),
        "missing": policy.parties_missing(ending) if ending.is_open else [],
        "others": others,
        "newer": newer if ending.status == Ending.Status.IN_EFFECT else None,
        "has_ended": ending.ends_on < today(),
        "may_confirm": policy.may_confirm(request.user, ending),
        "may_dispute": policy.may_dispute(request.user, ending),
        "may_withdraw": policy.may_withdraw(request.user, ending),
        "may_correct": policy.may_enter_ending(request.user, annex),
    }
    return render(request, "agreements/ending/detail.html", context)


def _answer(
    request: AuthenticatedHttpRequest,
    pk: int,
    may: Callable[[User, Ending], Verdict],
    act: Callable[..., Ending],
    done: str | Promise,
) -> HttpResponse:
    ending = ending_or_404(request.user, pk)
    require(may(request.user, ending))
    try:
        act(ending, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.verdict.reason))
    else:
        messages.success(request, str(done))
    return redirect(ending)


@require_POST
def ending_confirm(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    done = gettext_lazy("Confirmed for your party.")
    return _answer(request, pk, policy.may_confirm, workflow.confirm_ending, done)


@require_POST
def ending_withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _answer(request, pk, policy.may_withdraw, workflow.withdraw_ending, gettext_lazy("It has been withdrawn."))


@require_http_methods(["GET", "POST"])
def ending_dispute(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Why is it wrong? The annex goes on as before."""
    ending = ending_or_404(request.user, pk)
    require(policy.may_dispute(request.user, ending))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.dispute_ending(ending, reason=form.cleaned_data["reason"], by=request.user)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal.verdict.reason))
        else:
            messages.success(request, _("Disputed. The annex is in force as before."))
            return redirect(ending)
    context = {
        "title": _("What is wrong with the end of %(annex)s?") % {"annex": ending.annex},
        "lead": _("The other party is told, and can enter it anew."),
        "form": form,
        "button": _("Dispute"),
        "back": ending.get_absolute_url(),
        "agreement": ending.annex.agreement,
    }
    return render(request, "agreements/form.html", context, status=422 if form.errors else 200)
