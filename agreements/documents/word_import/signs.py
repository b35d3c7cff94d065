"""Signs that files hold in the private codes of Word's symbol fonts, read as the signs that people see."""

WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "❐", 0x71: "❑", 0x72: "❒",
    0x73: "◆", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x78: "⌧", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA7: "▪",
    0xA8: "◻", 0xAA: "✦", 0xAB: "★", 0xB7: "•", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔",
    0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
SYMBOL = {
    0x2A: "∗", 0x2D: "−", 0x61: "α", 0x62: "β", 0x64: "δ", 0x65: "ε", 0x67: "γ", 0x6C: "λ", 0x6D: "μ", 0x70: "π",
    0x72: "ρ", 0x73: "σ", 0x74: "τ", 0x44: "Δ", 0x53: "Σ", 0x57: "Ω", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←",
    0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB9: "≠", 0xBA: "≡",
    0xBB: "≈", 0xD2: "®", 0xD3: "©", 0xD6: "√", 0xD7: "⋅", 0xDE: "⇒", 0xE5: "∑",
}  # fmt: skip
WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"}
WINGDINGS_3 = {0x66: "←", 0x67: "→", 0x68: "↑", 0x69: "↓", 0x70: "▲", 0x71: "▼", 0x74: "◀", 0x75: "▶", 0x7D: "▶"}
WEBDINGS = {0x34: "▶", 0x61: "✔", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "✖"}
FONTS = {
    "wingdings": WINGDINGS, "symbol": SYMBOL, "wingdings 2": WINGDINGS_2, "wingdings 3": WINGDINGS_3,
    "webdings": WEBDINGS,
}  # fmt: skip
USUAL = (WINGDINGS, SYMBOL)  # where no font is named
SIGNS = (range(0x20, 0x7F), range(0xA0, 0xD800), range(0xE000, 0xFFFE), range(0x10000, 0x110000))  # no controls
PRIVATE = range(0xF000, 0xF100)  # where Windows keeps the 256 places of a symbol font
PLACES = 0x100  # of a symbol font
UNREADABLE = "\ufffd"


def sign(code: int, font: str) -> str:
    """The sign at a place of a symbol font; U+FFFD when it is not known here."""
    place = code - PRIVATE.start if code in PRIVATE else code
    table = FONTS.get(font.casefold()) if place < PLACES else None
    if table is None:
        known = [table[place] for table in USUAL if place in table]
        return known[0] if known and code in PRIVATE else UNREADABLE if code in PRIVATE else _letter(code)
    return table.get(place, UNREADABLE if code in PRIVATE or not 0x20 <= place < 0x7F else chr(place))


def _letter(code: int) -> str:
    return chr(code) if any(code in signs for signs in SIGNS) else UNREADABLE


def readable(text: str, font: str | None) -> str:
    """Text with private codes read as signs. Words that somebody set in a symbol font stay words."""
    are_signs = (font or "").casefold() in FONTS and _may_be_signs(text.strip())
    if not are_signs and not any(ord(letter) in PRIVATE for letter in text):
        return text
    return "".join(
        sign(ord(letter), font or "") if ord(letter) in PRIVATE or (are_signs and not letter.isspace()) else letter
        for letter in text
    )


def _may_be_signs(text: str) -> bool:
    return len(text) == 1 or not any(letter.isascii() and letter.isalnum() for letter in text)
