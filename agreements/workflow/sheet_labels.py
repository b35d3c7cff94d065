"""Which field of the template a label means, however the plan at hand words it (R83: "Polisen kontakt")."""

from __future__ import annotations

from agreements.models import SheetField

# Swedish words as they stand in real action plans; the longer ones first, for they hold the shorter.
AREA_WORDS = {"övergripande mål": "overall_goal", "mål": "overall_goal", "lägesbild": "situational_picture"}
GROUP_WORDS = {
    "mål": "goal",
    "löptid": "period",
    "mötesfrekvens": "meeting_frequency",
    "hur ofta": "meeting_frequency",
    "sammankallande": "convener",
    "finansiering": "funding",
    "kommunikation": "communication",
    "uppföljning": "follow_up",
}
PARTY_WORDS = {"övriga deltagare": "participants", "kontakt": "contact", "åtagande": "commitment"}


def key_of(label: str, scope: str) -> str:
    """The key of the template's field, or nothing for a field of the sheet's own. ``label`` is plain words."""
    words = label.casefold().strip(" :*")
    for ending, role in PARTY_WORDS.items():
        if words.endswith((ending, f"{ending}n")):
            owner = words.split(ending)[0].strip()
            if not owner:
                return "other_participants" if role == "participants" else ""
            return f"{'police' if owner.startswith('polis') else 'municipality'}_{role}"
    known = AREA_WORDS if scope == SheetField.Scope.AREA else GROUP_WORDS
    return next((key for begin, key in known.items() if words.startswith(begin)), "")
