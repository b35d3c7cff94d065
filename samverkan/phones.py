"""Phone numbers, Swedish first: stored in one form, shown grouped as people write them (R141)."""

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SWEDEN = 46

SHORT_NUMBER = re.compile(r"112|11[34]\d\d|117\d|11[68]\d{3}")
"""Numbers without an area code in the Swedish numbering plan: 112, 113 13, 114 14, 1177, directory services (118) and
the harmonised social services of Europe (116: Commission decision 2007/116/EC)."""

GROUPED = 5
"""From so many digits on a short number is written in two groups."""

NATIONWIDE = re.compile(r"77\d{7}")
"""0770-0779 have one tariff in the whole country; their next digits belong to no area (PTS, the numbering plan)."""


def normalise_phone(value: str) -> str:
    """Return E.164 ("+46846500400") or a short number's digits ("116111"); raise ValidationError.

    Swedish unless it begins with +.
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
    if number.country_code != SWEDEN:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    national = str(number.national_number)
    if NATIONWIDE.fullmatch(national):
        return f"0{national[:3]}-{national[3:6]} {national[6:]}"
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
