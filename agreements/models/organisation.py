from __future__ import annotations

import re
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from stdnum.se import orgnr

from samverkan.periods import RunsForward
from samverkan.swedish import Swedish


def validate_org_number(value: str) -> None:
    """Ten digits with a right check digit (Luhn), written NNNNNN-NNNN. Not unique: see domain.md 1.5."""
    if not re.fullmatch(r"\d{6}-\d{4}", value) or not orgnr.is_valid(value) or int(value[2]) < 2:
        raise ValidationError(
            _("Write the organisation number as NNNNNN-NNNN; its check digit must be right."), code="org_number"
        )


def validate_pattern(value: str) -> None:
    """A regular expression that Python can read."""
    try:
        re.compile(value)
    except re.error as error:
        raise ValidationError(_("This is not a pattern that can be used."), code="pattern") from error


class OrganisationKind(models.TextChoices):
    """What an organisation is; ``POLICE_KINDS`` are those of the police."""

    MUNICIPALITY = "municipality", _("municipality")
    DISTRICT_ADMINISTRATION = "district_administration", _("district administration")
    LOCAL_POLICE_AREA = "local_police_area", _("local police area")
    POLICE_AREA = "police_area", _("police area")
    POLICE_REGION = "police_region", _("police region")
    SPECIALIST_ADMINISTRATION = "specialist_administration", _("specialist administration")
    MUNICIPAL_COMPANY = "municipal_company", _("municipal company")
    OTHER = "other", _("other organisation")


POLICE_KINDS = (
    OrganisationKind.LOCAL_POLICE_AREA,
    OrganisationKind.POLICE_AREA,
    OrganisationKind.POLICE_REGION,
)


class Organisation(models.Model):
    """An authority, administration or company that can be a party, a participant or an employer."""

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=30, choices=OrganisationKind)
    belongs_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="units", verbose_name=_("belongs to")
    )
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("successor")
    )
    org_number = models.CharField(_("organisation number"), max_length=11, blank=True, validators=[validate_org_number])
    postal_street = models.CharField(_("street or box"), max_length=150, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=6, blank=True)
    postal_city = models.CharField(_("city"), max_length=80, blank=True)
    registry_number_pattern = models.CharField(
        _("pattern of registry numbers"), max_length=120, blank=True, validators=[validate_pattern]
    )
    registrar_mailbox = models.EmailField(_("registrar's mailbox"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = [Swedish("name"), "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
                name="organisation_succeeds_another",
                violation_error_message=_("An organisation does not succeed itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_police(self) -> bool:
        return self.kind in POLICE_KINDS

    @property
    def postal_address(self) -> str:
        """One line: "Box 12, 123 45 Norrvik"; empty parts are left out."""
        town = f"{self.postal_code} {self.postal_city}".strip()
        return ", ".join(part for part in (self.postal_street, town) if part)

    def name_on(self, day: date) -> str:
        """The name that was valid on ``day`` (R165). Reads ``names``; prefetch it for lists."""
        for known in self.names.all():
            if (known.valid_from is None or known.valid_from <= day) and (
                known.valid_to is None or day <= known.valid_to
            ):
                return known.name
        return self.name


class OrganisationName(models.Model):
    """A name that an organisation bore during a period (R165); both ends belong to the period."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=200)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering = ["organisation", "valid_from"]
        constraints = [
            RunsForward(start="valid_from", end="valid_to", name="organisation_name_period_runs_forward"),
        ]

    def __str__(self) -> str:
        return self.name


class Affiliation(models.Model):
    """A person's tie to an organisation in a period, with the title held there."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="affiliations")
    title = models.CharField(_("title"), max_length=150, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        ordering = ["user", "starts_on"]
        constraints = [
            RunsForward(start="starts_on", end="ends_on", name="affiliation_runs_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation}"
