"""The app of what all others stand on, which registers its checks."""

from django.apps import AppConfig


class SamverkanConfig(AppConfig):
    name = "samverkan"

    def ready(self) -> None:
        from samverkan import checks  # noqa: F401, PLC0415 -- registers itself, once the settings are complete
