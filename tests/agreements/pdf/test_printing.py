"""What people print, from tables to paper and read back: every kind of PDF, fixed ones from storage."""

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.utils.formats import date_format
from pypdf import PdfReader

from agreements.models import Contact, Decision, Printout
from agreements.pdf import printing
from agreements.rights import today
from agreements.selectors.annexes import of_draft, of_revision
from agreements.states import AnnexKind, ProposalStatus
from agreements.workflow.decision import correct
from agreements.workflow.proposal import confirm_entry
from agreements.workflow.registration import TakenDecision, register_decided
from agreements.workflow.revision import submit_matter
from agreements.workflow.section import save_section
from agreements.workflow.signing import open_manifest, record_signature
from tests.factories import World, answered, decide, drive, end_agreement, proposal_at, submit


@pytest.fixture(autouse=True)
def _own_storage(settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


def read(data: bytes | None) -> tuple[str, PdfReader]:
    """All words of a PDF with single spaces, and the reader."""
    assert data is not None
    reader = PdfReader(BytesIO(data))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split()), reader


def rewrite(world: World, body: str) -> None:
    section = world.picture.sections.order_by("position")[0]
    save_section(section, heading=section.heading, body=body, version=section.version, by=world.coordinator)


def sign(world: World) -> Decision:
    proposal_at(world, ProposalStatus.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    for signatory, person in zip(manifest.signatories.all(), (world.signatory, world.police_signatory), strict=True):
        record_signature(signatory, signed_on=today(), place="Norrvik", by=person)
    return Decision.objects.get(annex=world.text)


def decided_before(world: World) -> None:
    """The picture was decided, and is in force, since nine days ago."""
    day = today() - timedelta(days=9)
    proposal = register_decided(world.picture, TakenDecision(day, day, "Fastställs."), by=world.coordinator)
    confirm_entry(proposal, by=world.police_coordinator)


def test_the_whole_agreement_is_complete_dated_and_carries_both_registry_numbers(world: World) -> None:
    decide(world)
    decide(world, "4")
    sign(world)
    Contact.objects.create(agreement=world.agreement, party=world.polis, function="Kommunpolis", phone="+46846500400")

    text, reader = read(printing.agreement_pdf(world.agreement, today()))

    assert reader.metadata is not None
    assert reader.metadata.title == world.agreement.title
    assert str(reader.root_object["/Lang"]) == "sv"
    for party in (world.kommun, world.polis):
        assert party.registry_number in text
    for words in ("Gemensam lokal lägesbild", "Kommunikationsplan", "förebygga brott", "08-465 004 00", "Norrvik"):
        assert words in text
    assert f"{today().isoformat()}, version 1" in text
    assert "Åtgärdsplan" not in text, "what has not been decided is not printed"


def test_a_fixed_print_is_made_once_and_has_the_same_bytes_ever_after(world: World) -> None:
    reading = of_revision(decide(world).revision, today())

    first = printing.annex_pdf(reading)

    printout = Printout.objects.get()
    assert printing.annex_pdf(reading) == first
    assert Printout.objects.count() == 1
    with default_storage.open(printout.path) as stored:
        assert stored.read() == first


def test_what_was_decided_is_printed_alike_when_names_and_numbers_have_changed_since(world: World) -> None:
    decision = decide(world)
    before = world.kommun.registry_number
    first = printing.annex_pdf(of_revision(decision.revision, today()))

    world.kommun.registry_number = "KS 2031/9"
    world.kommun.save()
    world.agreement.title = "Ny titel"
    world.agreement.save()

    again = Decision.objects.get()
    assert printing.annex_pdf(of_revision(again.revision, today())) == first
    record, _reader = read(printing.decision_pdf([again]))
    assert before in record
    assert "KS 2031/9" not in record


def test_a_day_that_has_passed_is_printed_with_the_numbers_of_its_newest_decision(world: World) -> None:
    decided_before(world)
    before = world.kommun.registry_number
    world.kommun.registry_number = "KS 2031/9"
    world.kommun.save()

    then, _reader = read(printing.agreement_pdf(world.agreement, today() - timedelta(days=2)))
    now, _reader = read(printing.agreement_pdf(world.agreement, today()))

    assert before in then
    assert "KS 2031/9" not in then
    assert "KS 2031/9" in now


def test_an_agreement_that_has_ended_is_printed_as_on_its_last_day(world: World) -> None:
    yesterday = today() - timedelta(days=1)
    decided_before(world)
    end_agreement(world, yesterday)

    text, _reader = read(printing.agreement_pdf(world.agreement, today()))

    assert "förebygga brott" in text
    assert date_format(yesterday, "j F Y") in text


def test_a_fixed_print_that_the_storage_lost_or_spoiled_is_made_anew(world: World) -> None:
    reading = of_revision(decide(world).revision, today())
    first = printing.annex_pdf(reading)
    path = Printout.objects.get().path

    for spoil in (b"half a file", None):
        default_storage.delete(path)
        if spoil is not None:
            with default_storage.open(path, "wb") as stored:
                stored.write(spoil)
        assert printing.annex_pdf(reading) == first


def test_a_draft_says_so_on_paper_and_is_not_kept(world: World) -> None:
    text, _reader = read(printing.annex_pdf(of_draft(world.picture)))

    assert "Utkast" in text
    assert not Printout.objects.exists()


def test_the_cover_of_drafts_says_that_and_not_that_they_are_in_force(world: World) -> None:
    text, _reader = read(printing.agreement_pdf(world.agreement, today(), drafts={world.picture.pk}))

    assert "Status Utkast" in text
    assert "Gällande den" not in text


def test_where_only_annexes_are_in_force_the_cover_says_so_and_nothing_is_called_a_draft(world: World) -> None:
    decide(world)

    text, _reader = read(printing.agreement_pdf(world.agreement, today()))

    assert "Status Texten är inte fastställd än." in text
    assert f"Gällande den {date_format(today(), 'j F Y')}" in text
    assert "Utkast" not in text


def test_a_text_that_is_decided_for_later_is_not_said_to_lack_its_decision(world: World) -> None:
    world.agreement.fixing_rules = {AnnexKind.AGREEMENT_TEXT.value: "decision"}
    world.agreement.save()
    world.text.refresh_from_db()
    decide(world)
    later = today() + timedelta(days=9)
    decide(world, "0", effective_from=later)

    today_, on_the_day = (read(printing.agreement_pdf(world.agreement, day))[0] for day in (today(), later))

    assert f"Status Gäller från {date_format(later, 'j F Y')}." in today_
    assert "Status Gäller från" not in on_the_day
    assert "inte fastställd" not in today_ + on_the_day


def test_an_agreement_that_begins_after_its_text_was_signed_is_not_said_to_be_in_force(world: World) -> None:
    first = today() + timedelta(days=9)
    world.agreement.starts_on = first
    world.agreement.save()
    sign(world)

    today_, on_the_day = (read(printing.agreement_pdf(world.agreement, day))[0] for day in (today(), first))

    assert f"Status Gäller från {date_format(first, 'j F Y')}." in today_
    assert "Gällande den" not in today_
    assert "Status Gäller från" not in on_the_day


def test_what_will_apply_on_a_day_to_come_is_printed_but_not_kept(world: World) -> None:
    decide(world)

    assert printing.agreement_pdf(world.agreement, today() + timedelta(days=1)) is not None
    assert not Printout.objects.exists()
    assert printing.agreement_pdf(world.agreement, today()) is not None
    assert Printout.objects.exists()


def test_the_print_of_a_day_to_come_says_by_when_that_was_decided(world: World) -> None:
    decide(world, "4")
    sign(world)
    Contact.objects.create(agreement=world.agreement, party=world.polis, function="Kommunpolis", phone="+46846500400")
    tomorrow, now = (date_format(today() + timedelta(days=days), "j F Y") for days in (1, 0))

    text, reader = read(printing.agreement_pdf(world.agreement, today() + timedelta(days=1)))

    assert f"Status Gäller den {tomorrow} enligt det som var beslutat till och med den {now}" in text
    assert f"Kontaktuppgifter för den {tomorrow}, så långt de är kända den {now}" in text
    assert f"Per {today().isoformat()}" in text
    assert "Gällande den" not in text
    assert reader.metadata is not None
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == today()

    text, _reader = read(printing.agreement_pdf(world.agreement, today()))
    assert f"Status Gällande den {now}" in text
    assert f"Kontaktuppgifter per {now}" in text
    assert "enligt det som var beslutat" not in text


def test_where_only_annexes_are_decided_the_print_of_a_day_to_come_says_so_too(world: World) -> None:
    decide(world)
    tomorrow, now = (date_format(today() + timedelta(days=days), "j F Y") for days in (1, 0))

    text, _reader = read(printing.agreement_pdf(world.agreement, today() + timedelta(days=1)))

    assert f"Gäller den {tomorrow} enligt det som var beslutat till och med den {now}" in text
    assert "Gällande den" not in text


def test_in_force_on_a_day_is_what_was_in_force_then(world: World) -> None:
    """S3 was signed on 21 February and valid from 29 February: the day before, nothing was in force."""
    decision = decide(world)
    day = decision.effective_from
    rewrite(world, "<p>Ny lydelse från senare dag.</p>")
    proposal = submit(world, effective_from=day + timedelta(days=10))
    drive(world, proposal, ProposalStatus.DECIDED)

    assert printing.agreement_pdf(world.agreement, day - timedelta(days=1)) is None
    before, _r = read(printing.agreement_pdf(world.agreement, day + timedelta(days=9)))
    after, _r = read(printing.agreement_pdf(world.agreement, day + timedelta(days=10)))

    assert "förebygga brott" in before
    assert "Ny lydelse" not in before
    assert "Ny lydelse från senare dag" in after


def test_the_record_names_hash_people_and_corrections(world: World) -> None:
    decision = decide(world)
    before, _reader = read(printing.decision_pdf([decision]))
    assert decision.sha256 in before.replace(" ", "")
    for words in (decision.resolution, "Anna", "Kommundirektör", "Pia", "Lokalpolisområdeschef"):
        assert words in before

    correct(decision, text="Paragrafen ska vara § 4.", by=world.coordinator)

    after, _reader = read(printing.decision_pdf([decision]))
    assert "Paragrafen ska vara § 4." in after
    assert decision.resolution in after


def test_one_record_names_every_text_of_a_matter(world: World) -> None:
    matter = submit_matter([answered(world.picture), answered(world.plan)], title="Våren", by=world.coordinator)
    for proposal in matter.proposals.all():
        drive(world, proposal, ProposalStatus.DECIDED)
    decisions = list(matter.decisions.all())

    text, _reader = read(printing.decision_pdf(decisions, title=matter.title))

    assert len(decisions) == 2
    for decision in decisions:
        assert decision.sha256 in text.replace(" ", "")


def test_changes_on_paper_show_both_texts(world: World) -> None:
    decide(world)
    rewrite(world, "<p>Parterna arbetar tillsammans för att minska brott.</p>")
    old = of_revision(world.picture.revisions.get(), today())

    text, _reader = read(printing.redline_pdf(old, of_draft(world.picture)))

    assert "förebygga" in text
    assert "minska" in text


def test_a_matter_as_one_file_holds_every_part(world: World) -> None:
    matter = submit_matter([answered(world.picture), answered(world.plan)], title="Våren", by=world.coordinator)

    text, _reader = read(printing.matter_pdf(matter))

    for proposal in matter.proposals.all():
        assert proposal.proposed_decision in text


def test_a_matter_as_one_file_begins_with_what_is_asked_and_what_a_yes_means(world: World) -> None:
    steering = world.agreement.governing_groups.get(kind="steering")
    steering.next_meeting_on = today() + timedelta(days=20)
    steering.save()
    picture = replace(answered(world.picture), consequences={world.kommun.pk: "Kommunen betalar belysningen."})
    answer_by = today() + timedelta(days=9)
    matter = submit_matter(
        [picture, answered(world.plan)], title="Våren", answer_wanted_by=answer_by, by=world.coordinator
    )

    _text, reader = read(printing.matter_pdf(matter))
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    first = pages[0]

    assert reader.metadata is not None
    assert reader.metadata.title == "Våren"
    for party in (world.kommun, world.polis):
        assert party.registry_number in first
    for day in (answer_by, steering.next_meeting_on):
        assert date_format(day, "j F Y") in first
    for proposal in matter.proposals.all():
        assert proposal.proposed_decision in first
    assert "Vad ett ja innebär" in first
    assert "Kommunen betalar belysningen." in first
    assert world.agreement.title in first
    assert not any("Vad ett ja innebär" in page for page in pages[2:])


def test_a_comparison_is_named_by_its_versions(world: World) -> None:
    decide(world)
    rewrite(world, "<p>Parterna arbetar tillsammans för att minska brott.</p>")
    old = of_revision(world.picture.revisions.get(), today())
    _text, reader = read(printing.redline_pdf(old, of_draft(world.picture)))
    assert reader.metadata is not None
    assert reader.metadata.title == f"Jämförelse version 1 – utkastet: Bilaga 1 {world.picture.title}"
    _text, reader = read(printing.redline_pdf(None, old))
    assert reader.metadata is not None
    assert reader.metadata.title == f"Ny text, version 1: Bilaga 1 {world.picture.title}"


def test_the_record_of_a_text_fixed_by_signatures_names_who_signed(world: World) -> None:
    decision = sign(world)
    text, _reader = read(printing.decision_pdf([decision]))
    assert decision.manifest is not None
    assert "Underskrifter" in text
    whole = re.sub(r"[\s\u00ad-]", "", text)  # words are parted at the ends of lines
    for signatory in decision.manifest.signatories.all():
        words = f"{signatory.party.organisation.name_on(today())}{signatory.name},{signatory.full_title}"
        assert re.sub(r"[\s-]", "", words) in whole
    assert text.count(f"Norrvik {today().isoformat()}") == 2


def test_the_sheet_to_sign_has_a_line_per_signatory_and_every_hash(world: World) -> None:
    decide(world)
    proposal_at(world, ProposalStatus.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)

    text, _reader = read(printing.manifest_pdf(manifest))

    for signatory in manifest.signatories.all():
        assert signatory.name in text
    for entry in manifest.entries.all():
        assert entry.sha256 in text.replace(" ", "")


def test_without_contacts_there_is_no_contact_sheet(world: World) -> None:
    assert printing.contact_sheet_pdf(world.agreement, today()) is None
