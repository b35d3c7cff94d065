"""The app, which listens to agreements and answers who will be told."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from agreements import telling


class CommunicationConfig(AppConfig):
    name = "communication"
    verbose_name = _("communication")

    def ready(self) -> None:
        from agreements.selectors import work_elsewhere  # noqa: PLC0415 -- likewise
        from communication import receivers  # noqa: F401, PLC0415 -- connects the receivers once apps are loaded
        from communication.notices.ahead import Ahead  # noqa: PLC0415 -- models must be loaded first
        from communication.selectors.work import letters_that_failed  # noqa: PLC0415 -- likewise

        telling.register(Ahead())
        work_elsewhere.register(letters_that_failed)
