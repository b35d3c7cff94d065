"""Who has signed what? The manifest, its signatories, decisions from above, scan, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.forms.signing import (
    ADD_ROW,
    DisputeForm,
    HigherDecisionForm,
    HigherDecisionNeededForm,
    ManifestForm,
    OriginalsForm,
    ScanForm,
    SignatoryFormSet,
    SignatoryRows,
    SignatureForm,
    are_valid,
    leave_unjudged,
    with_another_row,
)
from agreements.models import HigherDecision, Manifest, Signatory
from agreements.pdf.printing import manifest_pdf
from agreements.policies import signing as policy
from agreements.policies.removal import keeps_records
from agreements.selectors.removals import tombstones
from agreements.views.form_page import form_page
from agreements.views.lookup import agreement_or_404, manifest_or_404, require
from agreements.views.printing import pdf_response
from agreements.workflow import signing
from agreements.workflow.file import store_pdf
from agreements.workflow.registration import confirm_signed, dispute_signed, withdraw_registration
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.accounts.models import User
from samverkan.numbers import whole_number
from samverkan.verdict import TransitionRefused


@require_http_methods(["GET", "POST"])
def manifest_create(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """Put together what shall be signed."""
    agreement = agreement_or_404(request.user, slug)
    require(policy.may_open(request.user, agreement))
    form = ManifestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            manifest = signing.open_manifest(agreement, by=request.user, **form.cleaned_data)
        except TransitionRefused as refusal:
            form.add_error("effective_from", str(refusal.verdict.reason))
        else:
            return redirect(manifest)
    return form_page(
        request,
        form,
        agreement=agreement,
        title=_("Prepare the signing"),
        lead=_("Every text that waits for signatures is signed together, with the fingerprint of each annex."),
        button=_("Prepare the signing"),
        back=agreement.get_absolute_url(),
    )


@require_safe
def manifest_detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Who has signed what, and what is missing?"""
    manifest = manifest_or_404(request.user, pk)
    entries = manifest.entries.select_related(
        "revision__annex__agreement", "revision__decision", "stands_as__agreement"
    )
    signatories = list(manifest.signatories.select_related("party__organisation", "signature", "manifest__agreement"))
    context = {
        "manifest": manifest,
        "agreement": manifest.agreement,
        "entries": entries,
        "tombstones": tombstones([entry.revision for entry in entries]),
        "may_remove_files": keeps_records(request.user, manifest.agreement),
        "signatories": [(s, policy.may_record_signature(request.user, s)) for s in signatories],
        "higher": _decisions_from_above(request.user, manifest),
        "originals": manifest.originals.select_related("holder__organisation"),
        "missing": signing.missing(manifest) if manifest.is_open else [],
        "may_change": policy.may_change(request.user, manifest),
        "may_complete": policy.may_complete(request.user, manifest),
        "may_attach_scan": policy.may_attach_scan(request.user, manifest),
        "may_give_up": policy.may_give_up(request.user, manifest),
        "decisions": manifest.decisions.select_related("revision__annex"),
        **_answers(request.user, manifest),
    }
    return render(request, "agreements/signing/detail.html", context)


def _answers(user: User, manifest: Manifest) -> dict[str, Any]:
    """What the parties have said of a signing that was registered afterwards, and what ``user`` may say."""
    if not manifest.is_registered_afterwards:
        return {}
    return {
        "answers": manifest.answers.select_related("party__organisation", "answered_by"),
        "silent": policy.parties_to_answer(manifest) if manifest.is_open else [],
        "may_confirm": policy.may_confirm_registration(user, manifest),
        "may_withdraw": policy.may_withdraw_registration(user, manifest),
    }


def _decisions_from_above(user: User, manifest: Manifest) -> list[tuple[HigherDecision, bool, bool]]:
    """Each with whether ``user`` may record it, and may correct it."""
    rows = manifest.higher_decisions.select_related(
        "manifest__agreement", "party__organisation", "file", "recorded_by", "replaced_by"
    )
    return [
        (row, bool(policy.may_record_higher_decision(user, row)), bool(policy.may_correct_higher_decision(user, row)))
        for row in rows
    ]


@require_http_methods(["GET", "POST"])
def signatories_edit(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Who signs for each party, before anybody has: every one is shown, rows are added and removed."""
    manifest = manifest_or_404(request.user, pk)
    require(policy.may_change(request.user, manifest))
    known = list(manifest.signatories.select_related("user"))
    more = with_another_row(request.POST)
    rows = _signatory_rows(manifest, known, more or request.POST or None)
    status = 200
    if more is not None:
        leave_unjudged(*rows)
    elif request.method == "POST":
        status = 422
        if all(are_valid(*rows)):
            facts = [row.facts() for party_rows in rows for row in party_rows.kept()]
            try:
                signing.set_signatories(manifest, facts, by=request.user, seen=_seen(request))
            except TransitionRefused as refusal:
                messages.error(request, str(refusal.verdict.reason))
                rows, status = _signatory_rows(manifest, known), 409
            else:
                messages.success(request, _("The signatories have been saved."))
                return redirect(manifest)
    context = {
        "manifest": manifest, "agreement": manifest.agreement, "parties": rows, "seen": _ids(known), "add_row": ADD_ROW,
    }  # fmt: skip
    if more is not None or status == 422:  # what was seen is what stood there when the page was opened
        context["seen"] = request.POST.get("seen", "")
    return render(request, "agreements/signing/signatories.html", context, status=status)


def _signatory_rows(manifest: Manifest, known: list[Signatory], data: QueryDict | None = None) -> list[SignatoryRows]:
    parties = manifest.agreement.parties.select_related("organisation")
    return [
        SignatoryFormSet(data, party=party, known=[row for row in known if row.party_id == party.pk])
        for party in parties
    ]


def _ids(signatories: list[Signatory]) -> str:
    return " ".join(str(signatory.pk) for signatory in signatories)


def _seen(request: AuthenticatedHttpRequest) -> list[int]:
    """The ids of the signatories that stood on the page."""
    numbers = (whole_number(word) for word in request.POST.get("seen", "").split())
    return [number for number in numbers if number is not None]


@require_http_methods(["GET", "POST"])
def signature_create(request: AuthenticatedHttpRequest, pk: int, signatory_pk: int) -> HttpResponse:
    """Record that somebody has signed with ink."""
    manifest = manifest_or_404(request.user, pk)
    signatory = get_object_or_404(
        Signatory.objects.select_related("manifest__agreement", "party__organisation"),
        manifest=manifest,
        pk=signatory_pk,
    )
    require(policy.may_record_signature(request.user, signatory))
    form = SignatureForm(request.POST or None)

    def act() -> None:
        signing.record_signature(signatory, by=request.user, **form.cleaned_data)

    title = _("%(who)s has signed") % {"who": signatory}
    return _done_or_form(request, manifest, form, title, _("Record the signature"), act)


@require_http_methods(["GET", "POST"])
def higher_decision_create(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Say that a party needs a decision from above."""
    manifest = manifest_or_404(request.user, pk)
    require(policy.may_change(request.user, manifest))
    form = HigherDecisionNeededForm(request.POST or None, manifest=manifest)

    def act() -> None:
        signing.require_higher_decision(manifest, by=request.user, **form.cleaned_data)

    return _done_or_form(request, manifest, form, _("A decision from above is needed"), _("Add"), act)


@require_http_methods(["GET", "POST"])
def higher_decision_edit(request: AuthenticatedHttpRequest, pk: int, needed_pk: int) -> HttpResponse:
    """Record the decision from above; or correct what has been recorded, by an entry beside it."""
    manifest = manifest_or_404(request.user, pk)
    rows = manifest.higher_decisions.select_related("manifest__agreement", "replaced_by")
    needed = get_object_or_404(rows, pk=needed_pk)
    is_correction = needed.decided_on is not None
    may = policy.may_correct_higher_decision if is_correction else policy.may_record_higher_decision
    require(may(request.user, needed))
    files = request.FILES if request.method == "POST" else None
    form = HigherDecisionForm(request.POST or None, files, needed=needed)

    def act() -> None:
        upload = form.cleaned_data["file"]
        write = signing.correct_higher_decision if is_correction else signing.record_higher_decision
        with transaction.atomic():
            file = store_pdf(manifest.agreement, upload, by=request.user) if upload else None
            write(needed, form.taken(file), by=request.user)

    sentence = _("Correct the decision of %(body)s") if is_correction else _("The decision of %(body)s")
    button = _("Correct") if is_correction else _("Record")
    return _done_or_form(request, manifest, form, sentence % {"body": needed.body}, button, act)


@require_http_methods(["GET", "POST"])
def scan_create(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Lay the scanned page beside the manifest."""
    manifest = manifest_or_404(request.user, pk)
    require(policy.may_attach_scan(request.user, manifest))
    form = ScanForm(request.POST or None, request.FILES or None)

    def act() -> None:
        with transaction.atomic():
            scan = store_pdf(manifest.agreement, form.cleaned_data["scan"], by=request.user)
            signing.attach_scan(manifest, scan, by=request.user)

    return _done_or_form(request, manifest, form, _("The scanned page"), _("Save"), act)


@require_http_methods(["GET", "POST"])
def originals_edit(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Who holds which of the originals."""
    manifest = manifest_or_404(request.user, pk)
    require(policy.may_complete(request.user, manifest))
    form = OriginalsForm(request.POST or None, manifest=manifest)

    def act() -> None:
        signing.set_original_holders(manifest, form.holders(), by=request.user)

    return _done_or_form(request, manifest, form, _("Who holds the originals"), _("Save"), act)


@require_http_methods(["GET", "POST"])
def manifest_dispute(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Say that it was not signed as registered, and why."""
    manifest = manifest_or_404(request.user, pk)
    require(policy.may_dispute_registration(request.user, manifest))
    form = DisputeForm(request.POST or None)

    def act() -> None:
        dispute_signed(manifest, by=request.user, **form.cleaned_data)

    lead = _("The registration ends and its texts come back. The one who registered it is told.")
    title = _("Dispute the registered signing")
    return _done_or_form(request, manifest, form, title, _("Dispute"), act, lead=lead)


def _done_or_form(
    request: AuthenticatedHttpRequest,
    manifest: Manifest,
    form: forms.Form,
    title: str,
    button: str,
    act: Callable[[], None],
    lead: str = "",
) -> HttpResponse:
    """Carry out ``act`` for a valid POST and go back to the signing; else show the form with what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal.verdict.reason))
        else:
            messages.success(request, _("Recorded."))
            return redirect(manifest)
    back = manifest.get_absolute_url()
    return form_page(request, form, agreement=manifest.agreement, title=title, lead=lead, button=button, back=back)


@require_POST
def manifest_give_up(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """End an open signing; its texts wait for another one."""
    manifest = manifest_or_404(request.user, pk)
    require(policy.may_give_up(request.user, manifest))
    signing.give_up(manifest, by=request.user)
    messages.success(request, _("The signing has been given up. The texts still wait for signatures."))
    return redirect(manifest.agreement)


@require_POST
def manifest_withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take back what one's own party registered."""
    manifest = manifest_or_404(request.user, pk)
    require(policy.may_withdraw_registration(request.user, manifest))
    withdraw_registration(manifest, by=request.user)
    messages.success(request, _("The registration has been withdrawn. Its texts have come back."))
    return redirect(manifest)


@require_POST
def manifest_confirm(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Say for one's own party that it was signed as registered."""
    manifest = manifest_or_404(request.user, pk)
    require(policy.may_confirm_registration(request.user, manifest))
    try:
        manifest = confirm_signed(manifest, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.verdict.reason))
    else:
        waits = _("Confirmed for your party. It is decided when the other parties have confirmed it.")
        messages.success(request, waits if manifest.is_open else _("Confirmed. What was signed is decided."))
    return redirect(manifest)


@require_safe
def manifest_print(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """What is laid on the table to sign."""
    manifest = manifest_or_404(request.user, pk)
    return pdf_response(manifest_pdf(manifest), f"{manifest.agreement.slug}-underskrift-{manifest.number}")
