"""What can be chosen for a new agreement, and in the settings of one."""

from __future__ import annotations

import pytest
from django import forms

from agreements.forms.agreement import AgreementCreateForm, AgreementForm, ParticipantForm, PartyCreateForm
from agreements.models import Agreement
from tests.factories import make_agreement, make_organisation

pytestmark = pytest.mark.django_db

NAMES = ["alby", "Boden", "Éksta", "Eksö", "Zinkgruvan", "Åmål", "ånge", "Älmhult", "Örebro", "östhammar"]


def chosen_among(form: forms.BaseForm, name: str) -> list[str]:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    assert field.queryset is not None
    return [str(row) for row in field.queryset]


def test_agreements_come_in_swedish_order() -> None:
    for title in sorted(NAMES):
        agreement = make_agreement(title=title, level=Agreement.Level.OVERARCHING)
    form = AgreementCreateForm()
    assert chosen_among(form, "parent") == NAMES
    assert chosen_among(form, "predecessor") == NAMES

    others = [name for name in NAMES if name != agreement.title]
    settings = AgreementForm(instance=agreement, choosable=Agreement.objects.all())
    assert chosen_among(settings, "predecessor") == others


def test_organisations_come_in_swedish_order() -> None:
    for name in sorted(NAMES):
        make_organisation(name)
    assert chosen_among(PartyCreateForm(), "organisation") == NAMES
    found = chosen_among(ParticipantForm(agreement=make_agreement()), "organisation")
    assert [name for name in found if name in NAMES] == NAMES
