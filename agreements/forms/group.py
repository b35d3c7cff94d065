"""Groups, seats, memberships and contacts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agreements.forms.agreement import NAME_IS_NEEDED
from agreements.forms.priority_area import offer_areas
from agreements.forms.submission import date_input
from agreements.models import Agreement, Contact, GoverningGroup, GroupKind, Organisation, Party, PriorityArea, Seat
from agreements.permissions import OUTSIDE_THE_GROUPS, Capacity, Role
from agreements.policies.membership import may_act_for_none
from agreements.rights import today
from agreements.workflow.group import ROLE_OF_KIND
from samverkan.accounts.models import User
from samverkan.accounts.workflow import account_of
from samverkan.periods import RunsForward
from samverkan.phones import display_phone, normalise_phone
from samverkan.swedish import Swedish
from samverkan.verdict import Verdict
from samverkan.whole_rows import WholeRowForm


class GroupForm(WholeRowForm[GoverningGroup]):
    """A group's name, task, areas and dates. Only working groups belong to areas."""

    class Meta:
        model = GoverningGroup
        fields = ["name", "task", "priority_areas", "starts_on", "ends_on", "next_meeting_on"]
        widgets = {
            "task": forms.Textarea(attrs={"rows": 3}),
            "starts_on": date_input(),
            "ends_on": date_input(),
            "next_meeting_on": date_input(),
            "priority_areas": forms.CheckboxSelectMultiple,
        }

    def __init__(
        self,
        *args: Any,
        agreement: Agreement,
        areas: QuerySet[PriorityArea],
        names: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.instance.agreement = agreement
        offer_areas(self.fields["priority_areas"], areas, names)
        self.fields["priority_areas"].required = False
        if self.instance.pk and self.instance.kind != GroupKind.WORKING:
            del self.fields["priority_areas"]
            del self.fields["ends_on"]

    def areas(self) -> list[PriorityArea] | None:
        """The areas chosen, and those the group has that the form did not offer; None for groups without areas."""
        field = self.fields.get("priority_areas")
        if not isinstance(field, forms.ModelMultipleChoiceField) or field.queryset is None:
            return None
        offered = field.queryset.values("pk")
        return [*self.cleaned_data["priority_areas"], *self.instance.priority_areas.exclude(pk__in=offered)]


class SeatForm(WholeRowForm[Seat]):
    """A function that the agreement wants in the group."""

    class Meta:
        model = Seat
        fields = ["function", "party", "has_mandate", "priority", "is_required"]
        help_texts = {"priority": _("Where some functions come before others: 1 is the first.")}

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _only_of(self.fields["party"], agreement)


class SeatField(forms.ModelChoiceField[Seat]):
    """Seats by the names of their groups: functions recur from group to group."""

    def label_from_instance(self, obj: Seat) -> str:
        return f"{obj.group}: {obj}"


class MembershipForm(forms.Form):
    """Who joins which group or role, for which party, as what, from when until when."""

    place = forms.ChoiceField(label=_("Group or role"))
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Who has no account gets an invitation. Leave empty for somebody who shall only be named."),
        required=False,
    )
    name = forms.CharField(label=_("Name or function"), max_length=150, required=False)
    title = forms.CharField(
        label=_("Title"), max_length=150, required=False,
        help_text=_("For somebody without an account: the title that is to stand in decisions."),
    )  # fmt: skip
    party = forms.ModelChoiceField(label=_("For party"), queryset=Party.objects.none(), required=False)
    organisation = forms.ModelChoiceField(
        label=_("From organisation"), queryset=Organisation.objects.all(), required=False,
        help_text=_("For somebody from an organisation that is no party, such as a co-opted head teacher."),
    )  # fmt: skip
    seat = SeatField(label=_("Seat"), queryset=Seat.objects.none(), required=False)
    capacity = forms.ChoiceField(label=_("As"), choices=Capacity, initial=Capacity.ORDINARY)
    is_convener = forms.BooleanField(label=_("Calls the group to its meetings"), required=False)
    starts_on = forms.DateField(label=_("From"), widget=date_input(), initial=today)
    ends_on = forms.DateField(label=_("Until"), widget=date_input(), required=False)

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(agreement.governing_groups.all())
        groups = [(f"group:{group.pk}", group.name) for group in known]
        roles = [(f"role:{role.value}", role.label) for role in OUTSIDE_THE_GROUPS]
        place = self.fields["place"]
        if isinstance(place, forms.ChoiceField):
            place.choices = [(_("Groups"), groups), (_("Roles"), roles)]
        self.roles = {f"group:{group.pk}": ROLE_OF_KIND[GroupKind(group.kind)].value for group in known}
        self.roles |= {f"role:{role.value}": role.value for role in Role}
        _only_of(self.fields["party"], agreement)
        seat = self.fields["seat"]
        if isinstance(seat, forms.ModelChoiceField):
            seats = Seat.objects.filter(group__agreement=agreement).select_related("group")
            seat.queryset = seats.order_by("group__kind", Swedish("group__name"), "position", "id")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("name") and not {"email", "name"} & set(self.errors):
            if not data.get("email"):
                self.add_error("name", _("Write an e-mail address, or a name or function."))
            elif self.account() is None:
                self.add_error("name", NAME_IS_NEEDED)
        if not data.get("party") and not (verdict := self._acts_for_none(data)):
            self.add_error("party", str(verdict.reason))
        if data.get("ends_on") and data.get("starts_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", RunsForward.default_violation_error_message)
        if data.get("party") and data.get("organisation"):
            self.add_error("organisation", _("Choose a party or an organisation, not both."))
        if data.get("is_convener") and not data.get("place", "").startswith("group:"):
            self.add_error("is_convener", _("Only a group has somebody who calls it to its meetings."))
        seat, place = data.get("seat"), data.get("place", "")
        if seat is not None and place != f"group:{seat.group_id}":
            self.add_error("seat", _("That seat belongs to another group."))
        return data

    def _acts_for_none(self, data: dict[str, Any]) -> Verdict:
        role = self.roles.get(data.get("place", ""), "")
        return may_act_for_none(role, data.get("capacity", ""), is_from_elsewhere=bool(data.get("organisation")))

    def account(self) -> User | None:
        """The account with that address, when there is one."""
        return account_of(self.cleaned_data["email"])


class EndForm(forms.Form):
    """The last day of a membership."""

    ends_on = forms.DateField(
        label=_("Last day"), help_text=_("Leave empty: the right ends at once."), required=False, widget=date_input()
    )


class ContactForm(WholeRowForm[Contact]):
    """How a function is reached: function first, name optional."""

    class Meta:
        model = Contact
        fields = [
            "party", "organisation", "function", "is_acting", "is_deputy", "name", "political_party", "phone", "mobile",
            "email", "is_spokesperson", "is_contact_person", "is_service", "position", "starts_on", "ends_on",
        ]  # fmt: skip
        widgets = {"starts_on": date_input(), "ends_on": date_input()}
        help_texts = {"is_service": _("Services stand in a list of their own, last on the contact sheet.")}

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.agreement = agreement
        _only_of(self.fields["party"], agreement)
        for name in ("phone", "mobile"):
            if self.initial.get(name):
                self.initial[name] = display_phone(self.initial[name])

    def clean(self) -> dict[str, Any]:
        """Somebody is acting or a deputy, not both; a service is no person; somebody is reached somehow, if only by
        name."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("is_acting") and data.get("is_deputy"):
            self.add_error("is_deputy", _("Choose acting or deputy, not both."))
        if data.get("is_service") and (data.get("is_spokesperson") or data.get("is_contact_person")):
            self.add_error("is_service", _("A service is neither a spokesperson nor a contact person."))
        if not any(data.get(name) for name in ("name", "phone", "mobile", "email")) and not self.errors:
            self.add_error("phone", _("Write a name, a phone number or an e-mail address."))
        return data

    def clean_phone(self) -> str:
        return normalise_phone(self.cleaned_data["phone"]) if self.cleaned_data["phone"] else ""

    def clean_mobile(self) -> str:
        return normalise_phone(self.cleaned_data["mobile"]) if self.cleaned_data["mobile"] else ""


def _only_of(field: forms.Field, agreement: Agreement) -> None:
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = agreement.parties.select_related("organisation")
