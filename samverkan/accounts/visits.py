"""When somebody was here last, so that the start page can tell what has happened since."""

from datetime import datetime

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from samverkan.accounts.models import User

PREVIOUS_VISIT = "previous_visit"


@receiver(user_logged_in)
def remember_visit(sender: object, *, request: HttpRequest, user: User, **_: object) -> None:
    """Keep the time of the visit before this one in the session, and note this one on the account."""
    if user.last_seen_at is not None:
        request.session[PREVIOUS_VISIT] = user.last_seen_at.isoformat()
    user.last_seen_at = timezone.now()
    user.save(update_fields=["last_seen_at"])


def previous_visit(request: HttpRequest) -> datetime | None:
    """When the person signed in the time before this; None on a first visit."""
    kept = request.session.get(PREVIOUS_VISIT)
    return parse_datetime(kept) if kept else None
