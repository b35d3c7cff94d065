"""An annex or a whole agreement gets its last day: entered by one party, confirmed or disputed by the others,
corrected or called off by a new entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.forms.ending import EndingForm, LastDayForm
from agreements.forms.proposal import ReasonForm
from agreements.models import Agreement, Annex, Ending
from agreements.models.agreement import agreement_of
from agreements.policies import ending as policy
from agreements.selectors.endings import heading
from agreements.views.form_page import form_page
from agreements.views.lookup import agreement_or_404, annex_or_404, ending_or_404, require
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
    is_correction = annex.ends_on is not None
    title = _("Correct the last day of %(annex)s") if is_correction else _("End %(annex)s")
    page = Page(
        title % {"annex": annex},
        _(
            "Every other party confirms it first. Then the annex stays readable, with its history, but is no longer "
            "in force after its last day."
        ),
        _("Entered. The annex ends when every other party has confirmed it."),
    )

    def enter() -> Ending:
        return workflow.enter_ending(annex, by=request.user, **form.cleaned_data)

    return _entering(request, annex, form, page, enter)


@require_http_methods(["GET", "POST"])
def annex_go_on(request: AuthenticatedHttpRequest, slug: str, number: str) -> HttpResponse:
    """Enter that an annex with a last day to come does not end after all."""
    annex = annex_or_404(request.user, slug, number)
    require(policy.may_call_off(request.user, annex))
    form = ReasonForm(request.POST or None)
    page = Page(
        _("Let %(annex)s go on") % {"annex": annex},
        _("Every other party confirms it first. Then the annex has no last day any more."),
        _("Entered. It goes on when every other party has confirmed it."),
    )

    def enter() -> Ending:
        return workflow.call_off_ending(annex, because=form.cleaned_data["reason"], by=request.user)

    return _entering(request, annex, form, page, enter)


@require_http_methods(["GET", "POST"])
def agreement_end(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """Enter until when the whole agreement applies: that it ends, is prolonged or does not end after all."""
    agreement = agreement_or_404(request.user, slug)
    require(policy.may_enter_ending(request.user, agreement))
    form = LastDayForm(request.POST or None, agreement=agreement)
    title = _("Change when %(the_agreement)s ends") if agreement.ends_on else _("End %(the_agreement)s")
    lead = _(
        "Every other party confirms it first. After its last day nothing of %(the_agreement)s is in force; all of it "
        "stays readable, with its history."
    )
    done = _("Entered. It holds when every other party has confirmed it.")
    page = Page(agreement.say(title), agreement.say(lead), done)

    def enter() -> Ending:
        return workflow.enter_last_day(agreement, by=request.user, **form.cleaned_data)

    return _entering(request, agreement, form, page, enter)


@dataclass(frozen=True)
class Page:
    """What a page on which something is entered says: at its head, and when it is done."""

    title: str
    lead: str
    done: str


def _entering(
    request: AuthenticatedHttpRequest, subject: Annex | Agreement, form: Form, page: Page, enter: Callable[[], Ending]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            ending = enter()
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal.verdict.reason))
        else:
            messages.success(request, page.done)
            return redirect(ending)
    return form_page(
        request, form, agreement=agreement_of(subject), title=page.title, lead=page.lead, button=_("Enter"),
        back=subject.get_absolute_url(),
    )  # fmt: skip


@require_safe
def ending_detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """When does it end, or does it go on, why, and who says so? With what else was entered about it."""
    ending = ending_or_404(request.user, pk)
    annex, agreement = ending.annex, ending.whole
    others = policy.visible_endings(request.user).filter(annex=annex, agreement=ending.agreement).exclude(pk=ending.pk)
    newer = others.filter(status=Ending.Status.IN_EFFECT, pk__gt=ending.pk).first()
    superseding = newer if ending.status == Ending.Status.IN_EFFECT else None
    context = {
        "ending": ending,
        "heading": heading(ending, superseding),
        "annex": annex,
        "agreement": agreement,
        "confirmations": ending.confirmations.select_related("party__organisation", "confirmed_by"),
        "missing": policy.parties_missing(ending) if ending.is_open else [],
        "others": others,
        "newer": superseding,
        "may_confirm": policy.may_confirm(request.user, ending),
        "may_dispute": policy.may_dispute(request.user, ending),
        "may_withdraw": policy.may_withdraw(request.user, ending),
        "may_correct": policy.may_enter_ending(request.user, ending.subject),
        "may_call_off": annex is not None and policy.may_call_off(request.user, annex),
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
    """Say for one's own party that the entered last day is right."""
    done = gettext_lazy("Confirmed for your party.")
    return _answer(request, pk, policy.may_confirm, workflow.confirm_ending, done)


@require_POST
def ending_withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take back what one's own party entered."""
    return _answer(request, pk, policy.may_withdraw, workflow.withdraw_ending, gettext_lazy("It has been withdrawn."))


@require_http_methods(["GET", "POST"])
def ending_dispute(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Why is it wrong? Everything goes on as before."""
    ending = ending_or_404(request.user, pk)
    require(policy.may_dispute(request.user, ending))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.dispute_ending(ending, reason=form.cleaned_data["reason"], by=request.user)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal.verdict.reason))
        else:
            messages.success(request, _("Disputed. Everything is as before."))
            return redirect(ending)
    return form_page(
        request,
        form,
        agreement=ending.whole,
        title=_("What is wrong? %(what)s") % {"what": ending.in_full},
        lead=_("The other party is told, and can enter it anew."),
        button=_("Dispute"),
        back=ending.get_absolute_url(),
    )
