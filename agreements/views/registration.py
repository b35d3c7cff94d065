"""Registered afterwards: what was decided or signed outside the portal."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agreements.forms.signing import DecidedOutsideForm, SignatureForm, SignedOutsideForm, signatory_forms
from agreements.models import Agreement, Annex
from agreements.policies.agreement import may_enter_decision
from agreements.policies.annex import readable_drafts
from agreements.policies.decision import decided_kinds
from agreements.states import AnnexKind
from agreements.views.lookup import agreement_or_404, require
from agreements.views.refusal import explained
from agreements.workflow.file import store_pdf
from agreements.workflow.registration import register_decided, register_signed
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.accounts.models import User
from samverkan.verdict import TransitionRefused


def registrable(user: User, agreement: Agreement) -> QuerySet[Annex]:
    """The annexes whose working text can be registered: not the one that follows the overarching agreement."""
    found = readable_drafts(user).filter(agreement=agreement)
    return found if agreement.parent_id is None else found.exclude(kind=AnnexKind.OVERARCHING_AGREEMENT)


@require_safe
def registration_create(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """Which of the two was it: decided, or signed?"""
    agreement = agreement_or_404(request.user, slug)
    require(may_enter_decision(request.user, agreement))
    return render(request, "agreements/registration/choose.html", {"agreement": agreement})


@require_http_methods(["GET", "POST"])
def registration_decided(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
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
            messages.success(request, _("Registered. The other party confirms it."))
            return redirect(proposal)
    context = {
        "title": _("Register a decision taken outside the portal"),
        "lead": _(
            "The working text is registered as it stands now. Take it in from Word first if it is not there. Texts "
            "that are fixed by signatures are registered as signed."
        ),
        "form": form,
        "button": _("Register"),
        "back": agreement.get_absolute_url(),
        "agreement": agreement,
    }
    return render(request, "agreements/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def registration_signed(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    agreement = agreement_or_404(request.user, slug)
    require(may_enter_decision(request.user, agreement))
    annexes = registrable(request.user, agreement)
    data = request.POST or None
    form = SignedOutsideForm(data, request.FILES or None, agreement=agreement, annexes=annexes)
    parties = list(agreement.parties.select_related("organisation"))
    people = signatory_forms(data, parties)
    places = [SignatureForm(data, prefix=f"plats-{party.pk}") for party in parties]
    valid = request.method == "POST" and all([form.is_valid(), *(row.is_valid() for row in [*people, *places])])
    if valid:
        try:
            with transaction.atomic():
                upload = form.cleaned_data["scan"]
                manifest = register_signed(
                    agreement,
                    list(form.cleaned_data["annexes"]),
                    signatures=[
                        (person.facts(), place.cleaned_data["signed_on"], place.cleaned_data["place"])
                        for person, place in zip(people, places, strict=True)
                    ],
                    effective_from=form.cleaned_data["effective_from"],
                    scan=store_pdf(agreement, upload, by=request.user) if upload else None,
                    by=request.user,
                )
        except TransitionRefused as refusal:
            field = "effective_from" if refusal.verdict.code == "day_taken" else None
            form.add_error(field, explained(refusal))
        else:
            messages.success(request, _("Registered. The other party confirms it."))
            return redirect(manifest)
    context = {"agreement": agreement, "form": form, "people": list(zip(people, places, strict=True))}
    bad = request.method == "POST"
    return render(request, "agreements/registration/signed.html", context, status=422 if bad else 200)
