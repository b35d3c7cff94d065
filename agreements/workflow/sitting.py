"""A sitting is one page that somebody has open to write in, from when it is opened until it is closed. By it a save
whose answer was lost on its way is known again, and is nobody's rival."""

from __future__ import annotations

from dataclasses import dataclass

from agreements.models import LastSave, Section


@dataclass(frozen=True)
class Sitting:
    """``key`` is random and the page's own, empty where no script sent the text; ``turn`` counts what it has sent."""

    key: str = ""
    turn: int = 0


UNKNOWN = Sitting()


def note_save(section: Section, version: int, sitting: Sitting, *, row: str = "") -> None:
    """Note that the text of ``version`` came from that sitting. The caller holds the lock on ``section``."""
    if sitting.key:
        facts = {"version": version, "sitting": sitting.key, "turn": sitting.turn}
        LastSave.objects.update_or_create(section=section, row=row, defaults=facts)


def own_turn(section: Section, version: int, sitting: Sitting, *, row: str = "") -> int | None:
    """Which turn of the same sitting the text that stands there, of ``version``, came with; None when it came from
    anywhere else."""
    if not sitting.key:
        return None
    saved = LastSave.objects.filter(section=section, row=row, version=version, sitting=sitting.key)
    return saved.values_list("turn", flat=True).first()
