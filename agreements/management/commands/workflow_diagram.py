from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import override

from agreements.states import MOVES, TURNS, ProposalStatus


def lines() -> Iterator[str]:
    """The picture as Mermaid, from the tables of agreements.states; the words are those of the source."""
    yield "stateDiagram-v2"
    for status in ProposalStatus:
        yield f'    state "{status.label}" as {status.name}'
    yield f"    [*] --> {ProposalStatus.IN_PREPARATION.name} : submitted"
    yield f"    [*] --> {ProposalStatus.PROPOSED.name} : submitted, where nothing is prepared"
    for status in ProposalStatus:
        yield f"    {status.name} : whose turn: {TURNS[status].label}"
        yield from (f"    {status.name} --> {to.name}" for to in ProposalStatus if to in MOVES[status])
        if not MOVES[status]:
            yield f"    {status.name} --> [*]"


class Command(BaseCommand):
    help = "Print the states of a submitted revision, and the moves between them, as a Mermaid diagram."

    def handle(self, *args: Any, **options: Any) -> None:
        with override(None):
            self.stdout.write("\n".join(lines()))
