import pytest

from samverkan.history import remember_why
from tests.factories import make_organisation, make_user

pytestmark = pytest.mark.django_db


def test_the_next_change_carries_its_reason_and_its_person() -> None:
    organisation, anna = make_organisation("Provkommun"), make_user("Anna")

    remember_why(organisation, "new name", by=anna)
    organisation.name = "Nya Provkommun"
    organisation.save()

    latest = organisation.history.latest()
    assert (latest.name, latest.history_change_reason, latest.history_user) == ("Nya Provkommun", "new name", anna)


def test_a_long_reason_is_kept_whole() -> None:
    organisation = make_organisation()
    reason = "Ett skäl som är längre än hundra tecken. " * 10

    remember_why(organisation, reason, by=None)
    organisation.save()

    assert organisation.history.latest().history_change_reason == reason


def test_the_reason_of_one_change_is_not_the_next_ones() -> None:
    organisation, anna = make_organisation(), make_user("Anna")
    remember_why(organisation, "first", by=anna)
    organisation.save()

    organisation = type(organisation).objects.get(pk=organisation.pk)
    organisation.save()

    assert organisation.history.latest().history_change_reason is None
