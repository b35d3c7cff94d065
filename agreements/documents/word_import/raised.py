"""Raised and lowered text (superscript, subscript), written with the signs that Unicode has for it: "m²", "CO₂"."""

from __future__ import annotations

SUPERSCRIPT, SUBSCRIPT = "superscript", "subscript"  # the values of w:vertAlign (ECMA-376 part 1, 22.9.2.17)
PLAIN = "0123456789+-−\u2011–=()"  # any stroke that stands raised before a number is its minus
SIGNS = {
    SUPERSCRIPT: str.maketrans(PLAIN, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁻⁼⁽⁾"),
    SUBSCRIPT: str.maketrans(PLAIN, "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₋₌₍₎"),
}


def in_signs(text: str, position: str) -> str | None:
    """The text raised or lowered, letter for letter; None when that would change what it says.

    Unicode lacks most letters, and half of "2n" raised would be another power. What is no letter and no number, such
    as a comma between two references, stays as it is.
    """
    signs = SIGNS.get(position)
    if signs is None:
        return text
    if any(letter.isalnum() and ord(letter) not in signs for letter in text):
        return None
    return text.translate(signs)
