from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from samverkan.periods import RunsForward
from samverkan.phones import display_phone, normalise_phone


def marked_title(title: str, *, is_acting: bool, is_deputy: bool) -> str:
    """The title with its marker, as printed: "Tf lokalpolisområdeschef" (R14)."""
    lowered = title[:1].lower() + title[1:]
    if is_acting:
        return _("Acting %(title)s") % {"title": lowered}
    return _("Deputy %(title)s") % {"title": lowered} if is_deputy else title


class Contact(models.Model):
    """How a function is reached: function first, name optional (R136-R142). Live, outside every decision."""

    agreement = models.ForeignKey("agreements.Agreement", models.CASCADE, related_name="contacts")
    party = models.ForeignKey(
        "agreements.Party", models.CASCADE, null=True, blank=True, related_name="contacts", verbose_name=_("party")
    )
    organisation = models.ForeignKey(
        "agreements.Organisation", models.PROTECT, null=True, blank=True, related_name="contacts",
        verbose_name=_("organisation"),
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    function = models.CharField(_("function"), max_length=150)
    name = models.CharField(_("name"), max_length=150, blank=True)
    is_acting = models.BooleanField(_("acting"), default=False)
    is_deputy = models.BooleanField(_("deputy"), default=False)
    political_party = models.CharField(_("political party"), max_length=10, blank=True)
    is_spokesperson = models.BooleanField(_("spokesperson"), default=False)
    is_contact_person = models.BooleanField(_("contact person"), default=False)
    is_service = models.BooleanField(_("a service, such as 114 14"), default=False)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    mobile = models.CharField(_("mobile"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["agreement", "party__position", "position", "id"]
        constraints = [
            RunsForward(start="starts_on", end="ends_on", name="contact_runs_forward"),
            models.CheckConstraint(
                condition=Q(is_service=False) | Q(is_spokesperson=False, is_contact_person=False),
                name="contact_service_is_no_person",
                violation_error_message=_("A service is neither a spokesperson nor a contact person."),
            ),
        ]

    def __str__(self) -> str:
        return self.function

    def clean(self) -> None:
        self.phone = normalise_phone(self.phone) if self.phone else ""
        self.mobile = normalise_phone(self.mobile) if self.mobile else ""

    @property
    def full_function(self) -> str:
        """ "Tf kommunpolis": the function with its marker, as printed (R14, R136)."""
        return marked_title(self.function, is_acting=self.is_acting, is_deputy=self.is_deputy)

    @property
    def tasks(self) -> list[str]:
        """What the person does for the cooperation: spokesperson, contact person, both or neither (R137). A service is
        nobody; its rows of older days may say otherwise."""
        if self.is_service:
            return []
        wanted = ((self.is_spokesperson, _("spokesperson")), (self.is_contact_person, _("contact person")))
        return [str(word) for is_so, word in wanted if is_so]

    @property
    def function_with_tasks(self) -> str:
        """ "Tf kommunpolis, talesperson, kontaktperson", as frozen and printed."""
        return ", ".join((self.full_function, *self.tasks))

    @property
    def phones(self) -> list[tuple[str, str]]:
        """(normalised, grouped) for each number there is."""
        return [(number, display_phone(number)) for number in (self.phone, self.mobile) if number]
