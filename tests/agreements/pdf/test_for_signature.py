"""What is frozen and waits for signatures only is no draft, nor fixed: each print of it says so."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from agreements.models import Manifest, Printout, Revision
from agreements.pdf import printing
from agreements.pdf.filling import printed_manifest
from agreements.rights import today
from agreements.selectors.annexes import of_draft, of_revision
from agreements.states import ProposalStatus
from agreements.workflow import proposal as moves
from agreements.workflow.annex import describe_annex
from agreements.workflow.registration import register_signed
from agreements.workflow.signing import SignatoryFacts, open_manifest, record_signature
from tests.factories import World, as_, decide, proposal_at, submit


@pytest.fixture(autouse=True)
def _own_storage(settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


def pages(data: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(data)).pages]


def waiting(world: World) -> Revision:
    return proposal_at(world, ProposalStatus.AWAITING_SIGNATURES).revision


def prepared(world: World) -> Manifest:
    return open_manifest(world.agreement, effective_from=today(), by=world.coordinator)


def test_what_is_laid_on_the_table_is_for_signature_and_no_draft(world: World) -> None:
    decided = decide(world)
    revision = waiting(world)

    cover, *rest = found = pages(printing.manifest_pdf(prepared(world)))

    line = f"För underskrift, version 1 · {revision.short_hash}"
    assert cover.count(line) == 2, "as its status, and at its foot"
    assert not [page for page in found if re.search("utkast|förslag", page, re.IGNORECASE)]
    assert "Gällande den" not in cover
    assert all(line in page for page in rest if decided.revision.short_hash not in page)
    assert f"Fastställd {today().isoformat()}, version 1 · {decided.revision.short_hash}" in found[-1]


def test_an_annex_that_waits_for_signatures_says_so_when_it_is_printed_alone(world: World) -> None:
    revision = waiting(world)

    for page in pages(printing.annex_pdf(of_revision(revision, today()))):
        assert f"För underskrift, version 1 · {revision.short_hash}" in page
        assert "utkast" not in page.lower()
    assert not Printout.objects.exists(), "it is not fixed"


def test_where_an_annex_alone_is_signed_the_cover_says_so(world: World) -> None:
    waiting(world)
    manifest = prepared(world)
    for signatory, person in zip(manifest.signatories.all(), (world.signatory, world.police_signatory), strict=True):
        record_signature(signatory, signed_on=today(), place="Norrvik", by=person)
    world.agreement.fixing_rules = {"situational_picture": "signatures"}
    world.agreement.save()
    world.picture.agreement = world.agreement
    proposal_at(world, ProposalStatus.AWAITING_SIGNATURES, "1")

    printed = printed_manifest(open_manifest(world.agreement, effective_from=today(), by=world.coordinator))
    cover, *_rest = pages(printing.manifest_pdf(Manifest.objects.open().get()))

    assert printed.is_for_signature
    assert not printed.text.is_for_signature
    assert "För underskrift" in cover
    assert "utkast" not in cover.lower()


def test_signed_it_is_decided_in_print(world: World) -> None:
    waiting(world)
    manifest = prepared(world)
    for signatory, person in zip(manifest.signatories.all(), (world.signatory, world.police_signatory), strict=True):
        record_signature(signatory, signed_on=today(), place="Norrvik", by=person)
    manifest.refresh_from_db()

    printed = printed_manifest(manifest)

    assert printed.is_fixed
    assert printed.status == printed.text.status_and_hash
    assert printed.status.startswith(f"Fastställd {today().isoformat()}, version 1 · ")


@pytest.mark.parametrize("status", [ProposalStatus.IN_PREPARATION, ProposalStatus.PROPOSED])
def test_what_is_on_its_way_to_be_decided_is_still_a_draft(world: World, status: ProposalStatus) -> None:
    revision = proposal_at(world, status).revision

    for page in pages(printing.annex_pdf(of_revision(revision, today()))):
        assert "utkast" in page.lower()
        assert f"Förslag, version 1 · {revision.short_hash}" in page


def test_what_was_taken_back_before_it_was_signed_is_a_draft(world: World) -> None:
    revision = waiting(world)
    moves.withdraw(revision.proposal, by=world.coordinator)
    revision = Revision.objects.get(pk=revision.pk)

    assert "utkast" in pages(printing.annex_pdf(of_revision(revision, today())))[0].lower()


def test_what_was_signed_elsewhere_is_not_laid_out_to_be_signed(world: World) -> None:
    signatures = [
        (SignatoryFacts(party, "Kim", "Direktör"), today() - timedelta(days=1), "Norrvik")
        for party in (world.kommun, world.polis)
    ]
    manifest = register_signed(
        world.agreement, [world.text], signatures=signatures, effective_from=today(), by=world.coordinator
    )

    printed = printed_manifest(manifest)

    assert printed.is_draft
    assert "underskrift" not in printed.text.status


def test_the_page_of_the_signing_calls_texts_what_its_print_calls_them(world: World) -> None:
    decide(world)
    waiting(world)
    manifest = prepared(world)
    describe_annex(
        world.picture, title="Ett annat namn", heading="", subtitle="", geographic_scope="", priority_area=None,
        by=world.coordinator,
    )  # fmt: skip

    page = as_(world.coordinator).get(manifest.get_absolute_url()).content.decode()

    for line in printed_manifest(manifest).manifest:
        assert f"{line.label} {line.title}".strip() + f", version {line.version}</a>" in page
    assert "Ett annat namn" not in page


@pytest.mark.parametrize("scope", ["Norrvik centrum med hamnen", ""])
def test_the_geographic_scope_is_on_the_first_page(world: World, scope: str) -> None:
    describe_annex(
        world.picture, title=world.picture.title, heading="", subtitle="", geographic_scope=scope, priority_area=None,
        by=world.coordinator,
    )  # fmt: skip
    readings = [of_draft(world.picture), of_revision(submit(world).revision, today())]

    for reading in readings:
        first = pages(printing.annex_pdf(reading))[0]
        assert (f"Geografisk avgränsning: {scope}" in first) is bool(scope)
        assert ("Geografisk avgränsning" in first) is bool(scope)
