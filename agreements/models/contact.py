from __future__ import annotations

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from samverkan.periods import RunsForward

SHORT_NUMBER = re.compile(r"112|11[34]\d\d|117\d|11[68]\d{3}")
"""Numbers without an area code in the Swedish numbering plan: 112, 113 13, 114 14, 1177, directory services (118) and
the harmonised social services of Europe (116: Commission decision 2007/116/EC)."""

GROUPED = 5
NATIONWIDE = re.compile(r"77\d{7}")
"""0770-0779 have one tariff in the whole country; their next digits belong to no area (PTS, the numbering plan)."""
"""From so many digits on a short number is written in two groups."""


def normalise_phone(value: str) -> str:
    """Return E.164 ("+46846500400") or a short number's digits ("116111"); raise ValidationError.

    Swedish unless it begins with +. Source: R141.
    """
    digits = "".join(ch for ch in value if ch.isdigit())
    if SHORT_NUMBER.fullmatch(digits) and "+" not in value:
        return digits
    try:
        number = phonenumbers.parse(value, "SE")
    except phonenumbers.NumberParseException as error:
        raise ValidationError(_("Write a phone number, for example 08-465 004 00."), code="phone") from error
    if not phonenumbers.is_possible_number(number):
        raise ValidationError(_("Write a phone number, for example 08-465 004 00."), code="phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def display_phone(value: str) -> str:
    """A normalised number grouped for print: "08-465 004 00", "116 111", "114 14", "070-174 06 05", "0771-414 400"."""
    if SHORT_NUMBER.fullmatch(value):
        return f"{value[:3]} {value[3:]}" if len(value) >= GROUPED else value
    try:
        number = phonenumbers.parse(value, "SE")
    except phonenumbers.NumberParseException:
        return value
    if number.country_code != 46:  # noqa: PLR2004 -- Sweden's country code
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    national = str(number.national_number)
    if NATIONWIDE.fullmatch(national):
        return f"0{national[:3]}-{national[3:6]} {national[6:]}"
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


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
