"""Registered afterwards: what was decided or signed outside the portal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agreements.forms.signing import (
    ADD_ROW,
    DecidedOutsideForm,
    SignedFormSet,
    SignedOutsideForm,
    SignedTextForm,
    are_valid,
    leave_unjudged,
    with_another_row,
)
from agreements.models import Agreement, Annex, Manifest
from agreements.policies.agreement import may_enter_decision
from agreements.policies.annex import readable_drafts
from agreements.policies.decision import decided_kinds, following_kinds
from agreements.views.form_page import form_page
from agreements.views.lookup import agreement_or_404, require
from agreements.views.refusal import explained
from agreements.workflow.file import store_pdf
from agreements.workflow.registration import register_decided, register_signed
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused


def registrable(user: User, agreement: Agreement) -> QuerySet[Annex]:
    """The annexes whose working text can be registered: not the one that follows the overarching agreement."""
    return readable_drafts(user).filter(agreement=agreement).exclude(kind__in=following_kinds(agreement))


@require_safe
def registration_create(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """Which of the two was it: decided, or signed?"""
    agreement = agreement_or_404(request.user, slug)
    require(may_enter_decision(request.user, agreement))
    return render(request, "agreements/registration/choose.html", {"agreement": agreement})


@require_http_methods(["GET", "POST"])
def registration_decided(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """Which text was decided on, when, by which minutes."""
    agreement = agreement_or_404(request.user, slug)
    require(may_enter_decision(request.user, agreement))
    annexes = registrable(request.user, agreement).filter(kind__in=decided_kinds(agreement))
    files = request.FILES if request.method == "POST" else None
    form = DecidedOutsideForm(request.POST or None, files, annexes=annexes)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():
                minutes = store_pdf(agreement, data["minutes"], by=request.user) if data["minutes"] else None
                proposal = register_decided(data["annex"], form.taken(minutes), by=request.user, number=data["number"])
        except TransitionRefused as refusal:
            form.add_error(None, explained(refusal))
        else:
            messages.success(request, _("Registered. It is in force when every other party has confirmed it."))
            return redirect(proposal)
    lead = _(
        "The working text is registered as it stands now. Take it in from Word first if it is not there. Texts "
        "that are fixed by signatures are registered as signed."
    )
    return form_page(
        request,
        form,
        agreement=agreement,
        title=_("Register a decision taken outside the portal"),
        lead=lead,
        button=_("Register"),
        back=agreement.get_absolute_url(),
    )


@require_http_methods(["GET", "POST"])
def registration_signed(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """Which texts were signed, by whom, where and when."""
    agreement = agreement_or_404(request.user, slug)
    require(may_enter_decision(request.user, agreement))
    more = with_another_row(request.POST)
    data = more or request.POST or None
    form = SignedOutsideForm(data, request.FILES or None)
    annexes = registrable(request.user, agreement).select_related("agreement")
    texts = [SignedTextForm(data, annex=annex) for annex in annexes]
    parties = [SignedFormSet(data, party=party) for party in agreement.parties.select_related("organisation")]
    if more is not None:
        leave_unjudged(form, *texts, *parties)
    elif request.method == "POST" and all(are_valid(form, *texts, *parties)):
        try:
            manifest = _register(request, agreement, form, texts, parties)
        except TransitionRefused as refusal:
            field = "effective_from" if refusal.verdict.code == "day_taken" else None
            form.add_error(field, explained(refusal))
        else:
            messages.success(request, _("Registered. It is decided when every party has confirmed it."))
            return redirect(manifest)
    context = {"agreement": agreement, "form": form, "texts": texts, "parties": parties, "add_row": ADD_ROW}
    bad = request.method == "POST" and more is None
    return render(request, "agreements/registration/signed.html", context, status=422 if bad else 200)


def _register(
    request: AuthenticatedHttpRequest,
    agreement: Agreement,
    form: SignedOutsideForm,
    texts: list[SignedTextForm],
    parties: list[Any],
) -> Manifest:
    """Register what the valid forms say. Raises TransitionRefused; then no file has been kept either."""
    upload = form.cleaned_data["scan"]
    signed = {text.annex.pk: text.cleaned_data for text in texts if text.cleaned_data["is_signed"]}
    with transaction.atomic():
        return register_signed(
            agreement,
            [text.annex for text in texts if text.annex.pk in signed],
            signatures=[row.signature() for rows in parties for row in rows.kept()],
            effective_from=form.cleaned_data["effective_from"],
            scan=store_pdf(agreement, upload, by=request.user) if upload else None,
            numbers={pk: given["number"] for pk, given in signed.items() if given["number"]},
            item_numbers={pk: given["item_number"] for pk, given in signed.items()},
            by=request.user,
        )
