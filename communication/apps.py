from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunicationConfig(AppConfig):
    name = "communication"
    verbose_name = _("communication")

    def ready(self) -> None:
        from communication import receivers  # noqa: F401, PLC0415 -- connects the receivers once apps are loaded
