"""Phone numbers as they are stored and shown."""

import pytest
from django.core.exceptions import ValidationError

from samverkan.phones import display_phone, normalise_phone

NOBODYS, GROUPED = 6 * "0", " ".join(3 * ["00"])
"""In area 011, whose numbers begin as some short ones do; no subscriber's number begins with 0."""


@pytest.mark.parametrize(
    ("written", "stored", "shown"),
    [
        ("08-465 004 00", "+46846500400", "08-465 004 00"),
        ("08 465 00 400", "+46846500400", "08-465 004 00"),
        ("070-1740605", "+46701740605", "070-174 06 05"),
        ("0701740605", "+46701740605", "070-174 06 05"),
        ("+46 70 174 06 05", "+46701740605", "070-174 06 05"),
        ("112", "112", "112"),
        ("11414", "11414", "114 14"),
        ("114 14", "11414", "114 14"),
        ("113 13", "11313", "113 13"),
        ("1177", "1177", "1177"),
        ("116 111", "116111", "116 111"),
        ("116000", "116000", "116 000"),
        ("116 016", "116016", "116 016"),
        ("116 117", "116117", "116 117"),
        ("116-123", "116123", "116 123"),
        ("118 118", "118118", "118 118"),
        ("0771-414 400", "+46771414400", "0771-414 400"),
        (f"011-{NOBODYS}", f"+4611{NOBODYS}", f"011-{GROUPED}"),
        (f"+46 11 {GROUPED}", f"+4611{NOBODYS}", f"011-{GROUPED}"),
    ],
)
def test_phones_are_stored_normalised_and_shown_grouped(written: str, stored: str, shown: str) -> None:
    assert normalise_phone(written) == stored
    assert display_phone(stored) == shown


@pytest.mark.parametrize("written", ["", "ring mig", "12", "08-46"])
def test_what_is_no_phone_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(ValidationError, match="08-465 004 00"):
        normalise_phone(written)
