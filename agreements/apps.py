"""The app, which registers its kinds of sections."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    name = "agreements"
    verbose_name = _("agreements")

    def ready(self) -> None:
        from agreements.workflow import kinds  # noqa: PLC0415 -- models must be loaded first

        kinds.register_all()
