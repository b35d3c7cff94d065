"""Å, ä and ö come last, in that order."""

import pytest
from django.db.models import Value

from agreements.models import Organisation
from samverkan.swedish import Swedish
from tests.factories.agreements import make_organisation

IN_ORDER = ["Alby", "boden", "Édsby", "Eksjö", "Zinkgruvan", "Åmål", "ånge", "Älmhult", "Örebro", "östhammar"]


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
