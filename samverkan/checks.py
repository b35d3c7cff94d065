"""What ``manage check --deploy`` says about our own settings."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def demo_is_off(**_: Any) -> list[CheckMessage]:
    """Demo mode names accounts and their password on the sign-in page."""
    if not settings.SAMVERKAN_DEMO:
        return []
    return [
        Error(
            "SAMVERKAN_DEMO is on: the example accounts and their password stand on the sign-in page.",
            hint="Unset SAMVERKAN_DEMO.",
            id="samverkan.E001",
        )
    ]


@register(Tags.security, deploy=True)
def database_is_not_embedded(**_: Any) -> list[CheckMessage]:
    """The embedded server knows no backup, no replica and no password."""
    if settings.EMBEDDED_POSTGRES is None:
        return []
    return [
        Error(
            "The portal runs on its own embedded PostgreSQL, which is for the demo and for tests.",
            hint="Set DATABASE_URL to a PostgreSQL of version 15 or later.",
            id="samverkan.E002",
        )
    ]
