"""Å, ä and ö come last, in that order."""

import pytest
from django.db.models import Value

from agreements.models import Organisation
from samverkan.swedish import LETTERS, PLACES, Swedish
from tests.factories.agreements import make_organisation

IN_ORDER = [
    "Alby", "álfta", "boden", "Édsby", "Eksjö", "Èksta", "Mulle", "Mylla", "Müller", "Zinkgruvan", "Åmål", "ånge",
    "Älmhult", "Ænes", "Örebro", "Ørsta", "östhammar",
]  # fmt: skip


@pytest.mark.django_db
def test_names_come_in_swedish_order_whatever_their_capitals() -> None:
    for name in sorted(IN_ORDER, reverse=True):
        make_organisation(name)
    found = Organisation.objects.filter(name__in=IN_ORDER).order_by(Swedish("name"))
    assert list(found.values_list("name", flat=True)) == IN_ORDER


@pytest.mark.django_db
def test_what_is_ordered_by_is_ascii_after_z() -> None:
    make_organisation("Prov")
    assert Organisation.objects.annotate(key=Swedish(Value("ÅäÖ"))).values_list("key", flat=True)[0] == "{|}"


def test_every_letter_has_a_place_as_small_and_as_capital() -> None:
    assert len(LETTERS) == len(PLACES) == len(set(LETTERS))
    places = dict(zip(LETTERS, PLACES, strict=True))
    assert [letter for letter in LETTERS if places[letter.lower()] != places[letter.upper()]] == []


@pytest.mark.django_db
def test_what_follows_a_relation_comes_in_the_order_of_what_it_leads_to() -> None:
    units = {name: make_organisation(f"Enhet i {name}") for name in sorted(IN_ORDER)}
    for name in sorted(IN_ORDER, reverse=True):
        Organisation.objects.filter(pk=units[name].pk).update(belongs_to=make_organisation(name))
    found = Organisation.objects.exclude(belongs_to=None).order_by("belongs_to")
    assert list(found.values_list("belongs_to__name", flat=True)) == IN_ORDER
