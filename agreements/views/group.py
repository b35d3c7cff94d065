from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agreements.forms.group import ContactForm, EndForm, GroupForm, MembershipForm, SeatForm
from agreements.models import Agreement, Contact, GoverningGroup, GroupKind, Membership, RoleGroup
from agreements.permissions import Capacity, Perm, Role
from agreements.policies.agreement import may_let_in, may_manage
from agreements.policies.contact import may_manage_contacts
from agreements.rights import agreements_with, today
from agreements.selectors.groups import contacts_of, groups_of, other_days_of, roles_of
from agreements.selectors.priority_areas import area_names, choosable_areas
from agreements.views.lookup import agreement_or_404, require
from agreements.workflow.contact import save_contact
from agreements.workflow.group import add_seat, change_group, create_group, end_membership, join, role_group
from samverkan.accounts.http import AuthenticatedHttpRequest
from samverkan.accounts.models import User
from samverkan.accounts.workflow import invite
from samverkan.verdict import TransitionRefused


@require_safe
def group_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Who is who, in every agreement where I take part?"""
    mine = agreements_with(request.user, Perm.READ_PROPOSED)
    return render(request, "agreements/group/list.html", {"agreements": mine})


def _taking_part(request: AuthenticatedHttpRequest, slug: str) -> Agreement:
    return get_object_or_404(agreements_with(request.user, Perm.READ_PROPOSED), slug=slug)


@require_safe
def group_detail(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """Groups with seats, filled or vacant; the other roles; contacts by party."""
    agreement = _taking_part(request, slug)
    day = today()
    contacts = contacts_of(agreement, day)
    manages = may_manage(request.user, agreement)
    context = {
        "agreement": agreement,
        "day": day,
        "groups": groups_of(agreement, day, area_names(request.user, agreement)),
        "roles": roles_of(agreement, day),
        "contacts": contacts,
        "has_contacts": any(view.contacts for view in contacts),
        "other_days": other_days_of(agreement, day) if manages else None,
        "may_manage": manages,
        "own_people": _own_people(request.user, agreement),
        "may_manage_contacts": may_manage_contacts(request.user, agreement),
    }
    return render(request, "agreements/group/detail.html", context)


def _own_people(user: User, agreement: Agreement) -> set[int | None]:
    """For which parties, by id, ``user`` lets people in and sees them out; None: for those who act for none."""
    parties = [None, *agreement.parties.all()]
    return {party.pk if party else None for party in parties if may_let_in(user, agreement, party)}


def _page(request: AuthenticatedHttpRequest, agreement: Agreement, form: forms.Form | forms.ModelForm[Any], title: str,
          button: str, lead: str = "", **links: str) -> HttpResponse:  # fmt: skip
    context = {
        "agreement": agreement, "form": form, "title": title, "button": button, "lead": lead,
        "back": reverse("agreements:group_detail", args=[agreement.slug]), **links,
    }  # fmt: skip
    return render(request, "agreements/form.html", context, status=422 if form.errors else 200)


def _managed(request: AuthenticatedHttpRequest, slug: str) -> Agreement:
    agreement = agreement_or_404(request.user, slug)
    require(may_manage(request.user, agreement))
    return agreement


def _group_form(request: AuthenticatedHttpRequest, agreement: Agreement, group: GoverningGroup) -> GroupForm:
    kept = group.priority_areas.values_list("pk", flat=True) if group.pk else ()
    return GroupForm(
        request.POST or None,
        agreement=agreement,
        areas=choosable_areas(request.user, agreement, kept),
        names=area_names(request.user, agreement),
        instance=group,
    )


@require_http_methods(["GET", "POST"])
def group_create(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """Appoint a working group (R27)."""
    agreement = _managed(request, slug)
    form = _group_form(request, agreement, GoverningGroup(kind=GroupKind.WORKING))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        create_group(
            agreement, GroupKind.WORKING, name=data["name"], task=data["task"], starts_on=data["starts_on"],
            ends_on=data["ends_on"], next_meeting_on=data["next_meeting_on"], areas=list(data["priority_areas"]),
            by=request.user,
        )  # fmt: skip
        return redirect("agreements:group_detail", agreement.slug)
    return _page(request, agreement, form, agreement.say(_("Appoint %(working_group)s")), _("Appoint"))


@require_http_methods(["GET", "POST"])
def group_edit(request: AuthenticatedHttpRequest, slug: str, pk: int) -> HttpResponse:
    agreement = _managed(request, slug)
    group = get_object_or_404(agreement.governing_groups, pk=pk)
    form = _group_form(request, agreement, group)
    if request.method == "POST" and form.is_valid():
        change_group(form.instance, areas=form.areas(), by=request.user)
        return redirect("agreements:group_detail", agreement.slug)
    return _page(request, agreement, form, str(group), _("Save"))


@require_http_methods(["GET", "POST"])
def seat_create(request: AuthenticatedHttpRequest, slug: str, pk: int) -> HttpResponse:
    agreement = _managed(request, slug)
    group = get_object_or_404(agreement.governing_groups, pk=pk)
    form = SeatForm(request.POST or None, agreement=agreement)
    if request.method == "POST" and form.is_valid():
        add_seat(group, by=request.user, **form.cleaned_data)
        return redirect("agreements:group_detail", agreement.slug)
    return _page(request, agreement, form, _("New seat in %(group)s") % {"group": group}, _("Add"))


def _chosen_group(agreement: Agreement, place: str) -> RoleGroup:
    kind, _colon, word = place.partition(":")
    if kind == "group":
        return get_object_or_404(RoleGroup, agreement=agreement, governing_group=int(word))
    return role_group(agreement, Role(word))


@require_http_methods(["GET", "POST"])
def membership_create(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """Let somebody in, by invitation where there is no account yet."""
    agreement = _managed(request, slug)
    form = MembershipForm(request.POST or None, agreement=agreement, initial={"place": request.GET.get("plats", "")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():
                user = None
                if data["email"]:  # with an account too: it may be closed, or wait for its password
                    user = invite(data["email"], data["name"], title=data["title"], by=request.user)
                join(
                    _chosen_group(agreement, data["place"]), by=request.user, user=user, name=data["name"],
                    party=data["party"], organisation=data["organisation"], seat=data["seat"],
                    capacity=Capacity(data["capacity"]), is_convener=data["is_convener"],
                    starts_on=data["starts_on"], ends_on=data["ends_on"],
                )  # fmt: skip
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal.verdict.reason))
        except ValidationError as error:
            form.add_error("email", error)
        else:
            messages.success(request, _("%(who)s has joined.") % {"who": data["name"] or data["email"]})
            return redirect("agreements:group_detail", agreement.slug)
    return _page(request, agreement, form, _("Let somebody in"), _("Let in"))


@require_http_methods(["GET", "POST"])
def membership_end(request: AuthenticatedHttpRequest, slug: str, pk: int) -> HttpResponse:
    agreement = _managed(request, slug)
    membership = get_object_or_404(Membership, role_group__agreement=agreement, pk=pk)
    require(may_let_in(request.user, agreement, membership.party))
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_membership(membership, by=request.user, ends_on=form.cleaned_data["ends_on"])
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal.verdict.reason))
        else:
            messages.success(request, _("%(who)s has left.") % {"who": membership})
            return redirect("agreements:group_detail", agreement.slug)
    title = _("%(who)s leaves %(group)s") % {
        "who": membership,
        "group": membership.role_group.governing_group or membership.role_group.get_role_display(),
    }
    return _page(request, agreement, form, title, _("End the membership"))


@require_http_methods(["GET", "POST"])
def contact_create(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    return _contact(request, slug, Contact(), _("New contact"))


@require_http_methods(["GET", "POST"])
def contact_edit(request: AuthenticatedHttpRequest, slug: str, pk: int) -> HttpResponse:
    agreement = agreement_or_404(request.user, slug)
    contact = get_object_or_404(agreement.contacts, pk=pk)
    return _contact(request, slug, contact, str(contact))


def _contact(request: AuthenticatedHttpRequest, slug: str, contact: Contact, title: str) -> HttpResponse:
    agreement = agreement_or_404(request.user, slug)
    require(may_manage_contacts(request.user, agreement))
    form = ContactForm(request.POST or None, agreement=agreement, instance=contact)
    if request.method == "POST" and form.is_valid():
        save_contact(form.instance, by=request.user)
        messages.success(request, _("%(contact)s has been saved.") % {"contact": contact})
        return redirect("agreements:group_detail", agreement.slug)
    lead = _("Contacts can be changed without a decision. The printed contact sheet carries the day.")
    links: dict[str, str] = {}
    if contact.pk is not None:
        remove_url = reverse("agreements:contact_remove", args=[slug, contact.pk])
        links = {"remove_url": remove_url, "remove_label": _("Take the contact away")}
    return _page(request, agreement, form, title, _("Save"), lead, **links)
