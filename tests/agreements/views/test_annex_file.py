"""A PDF laid beside an annex: in the draft, in the next version, for its readers; and not for others."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agreements.models import Agreement, Annex, AnnexFile, Revision, StoredFile
from agreements.pdf.filling import printed_annex
from agreements.rights import today
from agreements.selectors.annexes import of_draft, of_revision
from agreements.selectors.findings import findings
from agreements.states import AnnexKind, FixedBy, ProposalStatus
from agreements.workflow.annex import create_annex
from agreements.workflow.revision import submit as submit_annex
from agreements.workflow.structure import leave_out
from samverkan.accounts.models import User
from tests.factories import World, as_, decide, make_world
from tests.factories.agreements import make_annex
from tests.factories.pdf import a_pdf
from tests.factories.proposals import answered, drive, submit

PDF = a_pdf(2)


def address(annex: Annex, name: str, *args: object) -> str:
    return reverse(f"agreements:{name}", args=[annex.agreement.slug, annex.number, *args])


def upload(annex: Annex, by: User, content: bytes = b"", name: str = "övergripande 2019.pdf", **facts: str) -> int:
    file = SimpleUploadedFile(name, content or PDF, content_type="application/pdf")
    data = {"fil-file": file} | {f"fil-{key}": value for key, value in facts.items()}
    return as_(by).post(address(annex, "annex_file_create"), data).status_code


def opened(annex: Annex, file: StoredFile, by: User) -> int:
    url = reverse("agreements:file_detail", args=[file.agreement.slug, file.sha256])
    return as_(by).get(url).status_code


def test_a_file_is_laid_beside_the_draft_with_its_day(world: World) -> None:
    plan = world.plan
    assert upload(plan, world.coordinator, dated="2019-11-04") == 302

    beside = AnnexFile.objects.get()
    assert (beside.annex, beside.title, beside.dated, beside.file.pages) == (
        plan, "övergripande 2019", date(2019, 11, 4), 2,
    )  # fmt: skip
    page = as_(world.police_coordinator).get(address(plan, "annex_edit")).content.decode()
    assert "övergripande 2019" in page
    assert "4 november 2019" in page
    assert address(plan, "annex_file_remove", beside.pk) in page
    assert "övergripande 2019" in as_(world.preparer).get(address(plan, "annex_draft")).content.decode()
    assert "övergripande 2019" in as_(world.coordinator).get(address(plan, "annex_history")).content.decode()
    assert opened(plan, beside.file, world.preparer) == 200
    assert [opened(plan, beside.file, person) for person in (world.reader, world.cia, world.nils)] == [404] * 3
    (printed,) = printed_annex(of_draft(plan)).attachments
    assert (printed.name, printed.dated, printed.pages) == ("övergripande 2019", date(2019, 11, 4), 2)


def test_a_file_is_called_what_the_coordinator_says_and_lies_there_once(world: World) -> None:
    assert upload(world.plan, world.coordinator, title="Stadens avtal") == 302
    assert upload(world.plan, world.coordinator, title="Igen") == 422
    assert [beside.title for beside in AnnexFile.objects.all()] == ["Stadens avtal"]
    assert upload(world.picture, world.coordinator) == 302, "beside another annex too"
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"MZ no pdf", "ingen pdf"), (b"%PDF-1.7 broken", "ingen pdf")],
)
def test_what_is_no_pdf_is_told_whatever_its_name(world: World, content: bytes, sentence: str) -> None:
    file = SimpleUploadedFile("avtal.pdf", content, content_type="application/pdf")
    url = address(world.plan, "annex_file_create")
    response = as_(world.coordinator).post(url, {"fil-file": file, "fil-title": "Stadens avtal"})
    assert response.status_code == 422
    assert sentence in response.context["form"].errors["file"][0]
    assert "Stadens avtal" in response.content.decode(), "what was written is still there"
    assert not AnnexFile.objects.exists()
    assert as_(world.coordinator).post(url, {}).status_code == 422


def test_a_submitted_version_keeps_the_file_that_the_draft_gives_up(world: World) -> None:
    upload(world.picture, world.coordinator, dated="2019-11-04")
    beside = AnnexFile.objects.get()
    first = decide(world).revision
    assert opened(world.picture, beside.file, world.reader) == 200

    url = address(world.picture, "annex_file_remove", beside.pk)
    assert as_(world.coordinator).get(url).status_code == 200
    assert AnnexFile.objects.exists(), "asking changes nothing"
    assert as_(world.coordinator).post(url).status_code == 302

    assert not AnnexFile.objects.exists()
    page = as_(world.reader).get(world.picture.get_absolute_url()).content.decode()
    assert "övergripande 2019" in page
    assert "4 november 2019" in page
    assert opened(world.picture, beside.file, world.reader) == 200
    (printed,) = printed_annex(of_revision(Revision.objects.get(pk=first.pk), today())).attachments
    assert printed.dated == date(2019, 11, 4)
    assert not printed_annex(of_draft(world.picture)).attachments
    assert not submit(world, "1").revision.document["attachments"]
    history = as_(world.coordinator).get(address(world.picture, "annex_history")).content.decode()
    assert history.count("övergripande 2019") >= 2


@pytest.mark.parametrize(
    ("who", "status"),
    [("bo", 403), ("preparer", 403), ("registrar", 403), ("reader", 404), ("anna", 404), ("cia", 404), ("nils", 404)],
)
def test_files_are_laid_by_coordinators(world: World, who: str, status: int) -> None:
    """Bo's working group writes the plan, and lays no files beside it."""
    upload(world.plan, world.coordinator)
    beside, person = AnnexFile.objects.get(), getattr(world, who)
    assert upload(world.plan, person, a_pdf(3)) == status
    assert as_(person).post(address(world.plan, "annex_file_remove", beside.pk)).status_code == status
    assert AnnexFile.objects.get() == beside
    if who == "bo":
        page = as_(person).get(address(world.plan, "annex_edit")).content.decode()
        assert "övergripande 2019" in page
        assert address(world.plan, "annex_file_create") not in page


def test_a_file_of_another_annex_is_not_taken_away_here(world: World) -> None:
    upload(world.plan, world.coordinator)
    url = address(world.picture, "annex_file_remove", AnnexFile.objects.get().pk)
    assert as_(world.coordinator).post(url).status_code == 404


@pytest.mark.parametrize("kind", [AnnexKind.OVERARCHING_AGREEMENT, AnnexKind.OTHER])
def test_the_other_party_knows_nothing_of_the_files_beside_an_own_draft(world: World, kind: AnnexKind) -> None:
    own = make_annex(world.agreement, kind, "7", "Eget", draft_party=world.polis)
    assert upload(own, world.police_coordinator) == 302
    beside = AnnexFile.objects.get()
    assert opened(own, beside.file, world.police_coordinator) == 200

    for person in (world.coordinator, world.preparer, world.reader, world.registrar, world.anna):
        assert opened(own, beside.file, person) == 404
        assert upload(own, person) == 404
        assert as_(person).post(address(own, "annex_file_remove", beside.pk)).status_code == 404
    assert AnnexFile.objects.count() == 1


def demands(annex: Annex) -> set[str]:
    """What the checker says of text that is missing."""
    return {finding.code for finding in findings(annex)} & {"empty_section", "left_out"}


def test_a_pdf_stands_for_the_text_of_the_overarching_agreement(world: World) -> None:
    annex = create_annex(
        world.agreement, AnnexKind.OVERARCHING_AGREEMENT, number="5", title="Övergripande", by=world.coordinator
    )
    assert demands(annex) == {"empty_section"}
    assert upload(annex, world.coordinator, dated="2019-11-04") == 302

    assert not demands(annex)
    for section in annex.sections.all():
        leave_out(section, by=world.coordinator)
    assert not demands(annex)
    proposal = drive(world, submit_annex(answered(annex), by=world.coordinator), ProposalStatus.DECIDED)
    decided = Annex.objects.get(pk=annex.pk).decisions.get()
    assert [file["dated"] for file in decided.revision.document["attachments"]] == ["2019-11-04"]
    assert proposal.revision == decided.revision
    page = as_(world.reader).get(annex.get_absolute_url()).content.decode()
    assert "övergripande 2019" in page
    assert "Inget har skrivits än" not in page
    assert as_(world.reader).get(reverse("agreements:agreement_print", args=[world.agreement.slug])).status_code == 200


def test_a_pdf_beside_another_annex_stands_for_no_text(world: World) -> None:
    annex = create_annex(world.agreement, AnnexKind.COOPERATION_STRUCTURE, number="2", title="S", by=world.coordinator)
    upload(annex, world.coordinator)
    assert demands(annex) == {"empty_section"}


def test_readers_below_open_the_pdf_of_the_overarching_agreement(world: World) -> None:
    above = make_world(level="overarching", fixing_rules={AnnexKind.AGREEMENT_TEXT: FixedBy.DECISION})
    assert upload(above.text, above.coordinator) == 302
    file = StoredFile.objects.get()
    decide(above, "0")
    annex = make_annex(world.agreement, AnnexKind.OVERARCHING_AGREEMENT, "5", "Övergripande")
    assert opened(annex, file, world.reader) == 404
    Agreement.objects.filter(pk=world.agreement.pk).update(parent=above.agreement)

    page = as_(world.reader).get(annex.get_absolute_url()).content.decode()

    assert reverse("agreements:file_detail", args=[above.agreement.slug, file.sha256]) in page
    assert opened(annex, file, world.reader) == 200
    assert opened(annex, file, world.cia) == 404


def test_beside_what_follows_the_overarching_agreement_nothing_is_laid(world: World) -> None:
    above = make_world(level="overarching")
    annex = make_annex(world.agreement, AnnexKind.OVERARCHING_AGREEMENT, "5", "Övergripande")
    Agreement.objects.filter(pk=world.agreement.pk).update(parent=above.agreement)
    assert upload(annex, world.coordinator) == 403
    assert not AnnexFile.objects.exists()


def test_a_fetched_text_leaves_its_files_and_the_annex_keeps_its_own_and_the_pages_say_so(world: World) -> None:
    other = make_annex(world.agreement, AnnexKind.SITUATIONAL_PICTURE, "9", "En annan lägesbild")
    assert upload(world.picture, world.coordinator) == 302
    assert upload(other, world.coordinator, a_pdf(3), name="annan.pdf") == 302
    kept = list(world.picture.attachments.values_list("title", flat=True))

    page = as_(world.coordinator).get(address(world.picture, "annex_fetch"))
    assert "de som ligger bredvid den hämtade texten följer inte med" in page.content.decode()
    [key] = [key for key, label in page.context["form"].fields["source"].choices if "En annan" in str(label)]
    assert as_(world.coordinator).post(address(world.picture, "annex_fetch"), {"source": key}).status_code == 302

    assert list(world.picture.attachments.values_list("title", flat=True)) == kept
    begin = as_(world.coordinator).get(reverse("agreements:annex_create", args=[world.agreement.slug]))
    assert "men inte filerna bredvid den" in begin.content.decode()
