"""A print of a redacted edition says so, with both hashes, and never that it is what was decided."""

import pytest

from agreements.models import Decision, Printout, Revision
from agreements.pdf import printing
from agreements.rights import today
from agreements.selectors.annexes import of_revision
from tests.agreements.pdf.test_printing import read
from tests.factories import World, decide
from tests.factories.removals import name_somebody, remove


@pytest.fixture(autouse=True)
def _own_storage(settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


@pytest.fixture
def decided(world: World) -> Revision:
    name_somebody(world)
    return decide(world).revision


def test_an_annex_printed_before_is_printed_anew_without_the_words_and_with_its_tombstone(
    world: World, decided: Revision
) -> None:
    before, _reader = read(printing.annex_pdf(of_revision(decided, today())))
    assert "Provsson" in before
    removal = remove(world, decided)
    decided.refresh_from_db()
    assert not Printout.objects.exists()

    text, _reader = read(printing.annex_pdf(of_revision(decided, today())))

    assert "Provsson" not in text
    assert "Innehåll har tagits bort" in text
    assert "En privatperson var namngiven." in text
    assert "Samordnare polis" in text
    for hash_ in (removal.old_sha256, removal.redacted_sha256):
        assert hash_ in text.replace(" ", "")
    assert f"innehåll borttaget {today().isoformat()} · {decided.short_hash}" in text


def test_the_record_of_the_decision_names_what_was_decided_and_the_edition_that_is_left(
    world: World, decided: Revision
) -> None:
    removal = remove(world, decided)

    text, _reader = read(printing.decision_pdf([Decision.objects.get()]))

    assert removal.old_sha256 in text.replace(" ", "")
    assert removal.redacted_sha256 in text.replace(" ", "")
    assert "Innehåll har tagits bort" in text


def test_a_comparison_and_the_whole_agreement_say_it_too(world: World, decided: Revision) -> None:
    removal = remove(world, decided)
    reading = of_revision(Revision.objects.get(pk=decided.pk), today())

    for data in (printing.redline_pdf(reading, reading), printing.agreement_pdf(world.agreement, today())):
        text, _reader = read(data)
        assert "Provsson" not in text
        assert "Innehåll har tagits bort" in text
        assert removal.old_sha256 in text.replace(" ", "")
