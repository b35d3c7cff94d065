"""Days of the example as moments, at office hours."""

from datetime import date, datetime, time

from django.utils import timezone


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """That day at that hour in Sweden."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))
