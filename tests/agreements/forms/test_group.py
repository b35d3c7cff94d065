"""What can be chosen when somebody is let into a group."""

from __future__ import annotations

import pytest
from django import forms

from agreements.forms.group import MembershipForm
from agreements.models import GroupKind
from agreements.workflow.group import write_group
from tests.factories import World, make_agreement, make_organisation

pytestmark = pytest.mark.django_db

NAMES = ["alby", "Boden", "Éksta", "Eksö", "Zinkgruvan", "Åmål", "ånge", "Älmhult", "Örebro", "östhammar"]


def chosen_among(form: MembershipForm, name: str) -> list[str]:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    assert field.queryset is not None
    return [field.label_from_instance(row) for row in field.queryset]


def test_working_groups_and_their_seats_come_in_swedish_order(world: World) -> None:
    world.working_group.delete()
    for name in sorted(NAMES):
        group = write_group(world.agreement, GroupKind.WORKING, name=name)
        group.seats.create(function="Rektor", position=2)
        group.seats.create(function="Ungdomsledare", position=1)
    form = MembershipForm(agreement=world.agreement)

    place = form["place"].field.widget
    assert [option["label"] for option in place.options("place", "") if option["label"] in NAMES] == NAMES
    seats = [f"{name}: {function}" for name in NAMES for function in ("Ungdomsledare", "Rektor")]
    assert chosen_among(form, "seat")[-len(seats) :] == seats


def test_organisations_come_in_swedish_order() -> None:
    for name in sorted(NAMES):
        make_organisation(name)
    found = chosen_among(MembershipForm(agreement=make_agreement()), "organisation")
    assert [name for name in found if name in NAMES] == NAMES
