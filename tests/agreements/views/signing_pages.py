"""What the browser sends about those who sign."""

from agreements.models import Party


def rows_of(party: Party, rows: list[dict[str, object]], initial: int = 0) -> dict[str, object]:
    """What the browser sends for the signatories of one party."""
    data: dict[str, object] = {f"part-{party.pk}-TOTAL_FORMS": len(rows), f"part-{party.pk}-INITIAL_FORMS": initial}
    for at, row in enumerate(rows):
        data |= {f"part-{party.pk}-{at}-{name}": value for name, value in row.items()}
    return data
