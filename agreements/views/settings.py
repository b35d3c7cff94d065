from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.forms.agreement import (
    MAX_PARTIES,
    MIN_PARTIES,
    AgreementCreateForm,
    AgreementForm,
    ParticipantForm,
    PartyForm,
    PartyFormSet,
    check_terms,
)
from agreements.models import Agreement
from agreements.policies.agreement import may_add_party, may_create, may_manage, visible_agreements
from agreements.views.lookup import agreement_or_404, require
from agreements.workflow.agreement import (
    PartyFacts,
    add_participant,
    change_agreement,
    change_party,
    create_agreement,
    let_in_coordinator,
    remove_participant,
)
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.accounts.models import User
from samverkan.accounts.workflow import invite
from samverkan.numbers import whole_number
from samverkan.verdict import TransitionRefused


@require_http_methods(["GET", "POST"])
def agreement_edit(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """The agreement's settings, each party's term and registry number, and who takes part without signing."""
    agreement = agreement_or_404(request.user, slug)
    require(may_manage(request.user, agreement))
    data = request.POST or None
    form = AgreementForm(data, instance=agreement, prefix="avtal", choosable=visible_agreements(request.user))
    parties = list(agreement.parties.select_related("organisation"))
    forms = [PartyForm(data, instance=party, prefix=f"part-{party.pk}") for party in parties]
    participant = ParticipantForm(data, prefix="medverkande", agreement=agreement)
    valid = [form.is_valid(), participant.is_valid(), *(each.is_valid() for each in forms)]
    if data is not None and check_terms(forms) and all(valid):
        before = Agreement.objects.get(pk=agreement.pk)
        form.instance.labels, form.instance.fixing_rules = before.labels, before.fixing_rules
        try:
            _save(agreement, form, forms, participant, by=request.user)
        except TransitionRefused as refusal:
            form.add_error("parent" if "parent" in form.changed_data else None, str(refusal.verdict.reason))
        else:
            messages.success(request, _("The settings have been saved."))
            return redirect(agreement)
    context = {
        "agreement": agreement, "form": form, "forms": forms, "participant": participant,
        "may_add_party": may_add_party(request.user, agreement),
    }  # fmt: skip
    return render(request, "agreements/agreement/settings.html", context, status=422 if data is not None else 200)


@transaction.atomic
def _save(
    agreement: Agreement, form: AgreementForm, parties: list[PartyForm], participant: ParticipantForm, *, by: User
) -> None:
    reason = form.cleaned_data["reason"]
    if changes := form.changes():
        change_agreement(agreement, changes, reason=reason, by=by)
    for each in parties:
        if each.has_changed():
            change_party(each.instance, by=by, reason=reason, **each.cleaned_data)
    for gone in participant.cleaned_data.pop("gone", ()):
        remove_participant(gone, by=by, reason=reason)
    if participant.cleaned_data["organisation"]:
        add_participant(agreement, by=by, reason=reason, **participant.cleaned_data)


@require_http_methods(["GET", "POST"])
def agreement_create(request: AuthenticatedHttpRequest) -> HttpResponse:
    """An administrator makes an agreement between two parties or more and lets in their first coordinators."""
    if not (verdict := may_create(request.user)):
        raise PermissionDenied(verdict.reason)
    data = request.POST or None
    form = AgreementCreateForm(data)
    parties = PartyFormSet(data, prefix="parter")
    wanted = whole_number(request.GET.get("parter", "")) or 0
    parties.extra = max(0, min(wanted, MAX_PARTIES) - MIN_PARTIES)
    if data is not None and form.is_valid() and parties.is_valid():
        try:
            _create(form, [row.cleaned_data for row in parties.forms if row.cleaned_data], request)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The agreement has been made, and its coordinators have been let in."))
            return redirect("agreements:agreement_list")
    shown = parties.total_form_count()
    context = {"form": form, "parties": parties, "one_more": shown + 1 if shown < MAX_PARTIES else None}
    return render(request, "agreements/agreement/create.html", context, status=422 if data is not None else 200)


@transaction.atomic
def _create(form: AgreementCreateForm, rows: list[dict[str, Any]], request: AuthenticatedHttpRequest) -> Agreement:
    data = form.cleaned_data
    agreement = create_agreement(
        slug=form.slug(), title=data["title"], level=data["level"], parent=data["parent"],
        predecessor=data["predecessor"], starts_on=data["starts_on"],
        parties=[PartyFacts(row["organisation"], row["defined_term"], row["registry_number"]) for row in rows],
    )  # fmt: skip
    for row, party in zip(rows, agreement.parties.order_by("position"), strict=True):
        user = invite(row["coordinator"], row["coordinator_name"], title=row["coordinator_title"], by=request.user)
        let_in_coordinator(party, user, by=request.user)
    return agreement
