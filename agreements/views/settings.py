"""An agreement is made, and its settings are changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.forms.agreement import (
    MAX_PARTIES,
    MIN_PARTIES,
    AgreementCreateForm,
    AgreementForm,
    BasePartyFormSet,
    ParticipantForm,
    PartyForm,
    PartyFormSet,
    check_terms,
    typed_in,
)
from agreements.forms.seen import changed_meanwhile, seen_on, tell_changes
from agreements.models import Agreement
from agreements.policies.agreement import (
    may_add_party,
    may_change_parent,
    may_change_period,
    may_create,
    may_manage,
    visible_agreements,
)
from agreements.policies.ending import may_enter_ending
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
from samverkan.verdict import TransitionRefused

PARTIES = "parter"


@require_http_methods(["GET", "POST"])
@transaction.atomic
def agreement_edit(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """The agreement's settings, each party's term and registry number, and who takes part without signing.

    What somebody else has changed since the page was opened is told, and saved over only by the next Save.
    """
    agreement = agreement_or_404(request.user, slug)
    require(may_manage(request.user, agreement))
    data: QueryDict | None = request.POST or None
    now_in_words: dict[str, str] = {}
    if data is not None:
        agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
        form, forms = _settings_forms(agreement, None, request.user)
        data, now_in_words = changed_meanwhile(data, [form, *forms])
    form, forms = _settings_forms(agreement, data, request.user)
    participant = ParticipantForm(data, prefix="medverkande", agreement=agreement)
    tell_changes(now_in_words, [form, *forms])
    valid = [form.is_valid(), participant.is_valid(), *(each.is_valid() for each in forms)]
    if now_in_words:
        told = _(
            "Somebody else has changed the settings since you opened the page. Nothing has been saved yet: look at "
            "what is marked, and save again."
        )
        messages.error(request, told)
    if data is not None and check_terms(forms) and all(valid):
        try:
            _save(agreement, form, forms, participant, by=request.user)
        except TransitionRefused as refusal:
            form.add_error(_field_of(refusal, form), str(refusal.verdict.reason))
        else:
            messages.success(request, _("The settings have been saved."))
            return redirect(agreement)
    context = {
        "agreement": agreement, "form": form, "forms": forms, "participant": participant,
        "seen": seen_on([form, *forms]), "may_add_party": may_add_party(request.user, agreement),
        "may_change_period": may_change_period(request.user, agreement),
        "may_change_parent": may_change_parent(request.user, agreement),
        "may_end": may_enter_ending(request.user, agreement),
    }  # fmt: skip
    return render(request, "agreements/agreement/settings.html", context, status=422 if data is not None else 200)


def _field_of(refusal: TransitionRefused, form: AgreementForm) -> str | None:
    if refusal.verdict.code == "text_applies":
        return "starts_on"
    return "parent" if "parent" in form.changed_data else None


def _settings_forms(agreement: Agreement, data: QueryDict | None, user: User) -> tuple[AgreementForm, list[PartyForm]]:
    parties = agreement.parties.select_related("organisation")
    return (
        AgreementForm(
            data,
            instance=agreement,
            prefix="avtal",
            choosable=visible_agreements(user),
            period_is_free=bool(may_change_period(user, agreement)),
            parent_is_free=bool(may_change_parent(user, agreement)),
        ),
        [PartyForm(data, instance=party, prefix=f"part-{party.pk}") for party in parties],
    )


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
    """An administrator makes an agreement between two parties or more and lets in their first coordinators. Asked for
    one party more, the page comes back with what was typed; nothing is judged before the agreement is to be made."""
    if not (verdict := may_create(request.user)):
        raise PermissionDenied(verdict.reason)
    data = request.POST or None
    form = AgreementCreateForm(data)
    parties = PartyFormSet(data, prefix=PARTIES)
    if data is not None and "one_more" in data:
        return _create_page(request, *_with_one_more(form, parties))
    if data is not None and form.is_valid() and parties.is_valid():
        try:
            _create(form, [row.cleaned_data for row in parties.forms if row.cleaned_data], request)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The agreement has been made, and its coordinators have been let in."))
            return redirect("agreements:agreement_list")
    return _create_page(request, form, parties)


def _with_one_more(
    form: AgreementCreateForm, parties: BasePartyFormSet
) -> tuple[AgreementCreateForm, BasePartyFormSet]:
    """The same forms, not sent yet, with what was typed in them and room for one party more."""
    rows = [typed_in(row) for row in parties.forms]
    more = PartyFormSet(prefix=PARTIES, typed=rows)
    more.extra = max(0, min(len(rows) + 1, MAX_PARTIES) - MIN_PARTIES)
    return AgreementCreateForm(initial=typed_in(form)), more


def _create_page(
    request: AuthenticatedHttpRequest, form: AgreementCreateForm, parties: BasePartyFormSet
) -> HttpResponse:
    shown = parties.total_form_count()
    context = {"form": form, "parties": parties, "one_more": shown + 1 if shown < MAX_PARTIES else None}
    return render(request, "agreements/agreement/create.html", context, status=422 if form.is_bound else 200)


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
