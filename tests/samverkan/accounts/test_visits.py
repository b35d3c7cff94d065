from datetime import timedelta

from django.test import Client
from django.utils import timezone

from samverkan.accounts.visits import PREVIOUS_VISIT
from tests.factories import make_user


def test_the_visit_before_this_one_is_remembered(db: None) -> None:
    user = make_user("Anna")
    earlier = timezone.now() - timedelta(days=3)
    user.last_seen_at = earlier
    user.save()
    client = Client()
    client.force_login(user)

    user.refresh_from_db()
    assert client.session[PREVIOUS_VISIT] == earlier.isoformat()
    assert user.last_seen_at is not None
    assert user.last_seen_at > earlier


def test_on_a_first_visit_there_is_none_before(db: None) -> None:
    client = Client()
    client.force_login(make_user("Anna"))

    assert PREVIOUS_VISIT not in client.session
