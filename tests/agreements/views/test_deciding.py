"""From submission to decision through the pages, by those whose turn it is."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agreements.forms.signing import ADD_ROW
from agreements.models import Annex, Decision, Manifest, Move, Party, Proposal
from agreements.rights import today
from agreements.states import ProposalStatus
from agreements.views.lookup import require
from agreements.workflow.comment import ask
from agreements.workflow.signing import (
    SignatoryFacts,
    give_up,
    open_manifest,
    require_higher_decision,
    set_signatories,
)
from samverkan.accounts.models import User
from samverkan.verdict import Verdict
from tests.agreements.documents.test_redline import bare
from tests.factories import World, as_, decide, decided_before, proposal_at, submit
from tests.factories.pdf import a_pdf

S = ProposalStatus


def page(user: User, proposal: Proposal) -> str:
    """The decision page as ``user`` sees it."""
    return as_(user).get(proposal.get_absolute_url()).content.decode()


def step(proposal: Proposal, word: str) -> str:
    return reverse("agreements:proposal_step", args=[proposal.pk, word])


def submission_data(**extra: str) -> dict[str, str]:
    return {
        "bilaga-change_summary": "Nya siffror.",
        "bilaga-proposed_decision": "Styrgruppen fastställer lägesbilden.",
        "bilaga-warnings_answered": "on",
    } | extra


def test_a_coordinator_submits_and_is_shown_the_proposal(world: World) -> None:
    url = reverse("agreements:submission_create", args=[world.agreement.slug, "1"])
    client = as_(world.coordinator)

    assert client.get(url).status_code == 200
    response = client.post(url, submission_data(**{f"bilaga-consequence_{world.kommun.pk}": "En ny uppgift."}))

    proposal = Proposal.objects.get()
    assert response["Location"] == proposal.get_absolute_url()
    assert proposal.status == S.IN_PREPARATION
    assert proposal.consequences.get().text == "En ny uppgift."


def test_a_submission_without_a_proposed_decision_keeps_what_was_typed(world: World) -> None:
    url = reverse("agreements:submission_create", args=[world.agreement.slug, "1"])

    response = as_(world.coordinator).post(url, submission_data(**{"bilaga-proposed_decision": ""}))

    assert response.status_code == 422
    assert "Nya siffror." in response.content.decode()
    assert not Proposal.objects.exists()


def test_a_missing_registry_number_is_said_and_nothing_is_sent(world: World) -> None:
    world.polis.registry_number = ""
    world.polis.save()
    url = reverse("agreements:submission_create", args=[world.agreement.slug, "1"])

    response = as_(world.coordinator).post(url, submission_data())

    assert response.status_code == 422
    assert str(world.polis) in response.content.decode()
    assert not Proposal.objects.exists()


def test_several_annexes_are_submitted_as_one_matter(world: World) -> None:
    url = reverse("agreements:matter_create", args=[world.agreement.slug])
    client = as_(world.coordinator)
    assert client.get(url).status_code == 200
    chosen = client.post(url, {"bilagor": ["1", "3a"]})
    assert chosen.status_code == 200

    data: dict[str, object] = {"bilagor": ["1", "3a"], "skicka": "1", "arende-title": "Våren"}
    for number in ("1", "3a"):
        data |= {
            f"bilaga-{number}-change_summary": "Ändrat.",
            f"bilaga-{number}-proposed_decision": f"Fastställs {number}.",
            f"bilaga-{number}-warnings_answered": "on",
        }
    response = client.post(url, data)

    matter = world.agreement.matters.get()
    assert response["Location"] == matter.get_absolute_url()
    assert matter.proposals.count() == 2
    assert client.get(matter.get_absolute_url()).status_code == 200


def test_the_page_says_what_yes_means_before_what_changed(world: World) -> None:
    decide(world)
    section = world.picture.sections.order_by("position")[0]
    section.body = "<p>Parterna arbetar tillsammans för att minska brott.</p>"
    section.save()
    proposal = proposal_at(world, S.PROPOSED)
    proposal.consequences.create(party=world.kommun, text="Kommunen avsätter en tjänst.")

    page = as_(world.anna).get(proposal.get_absolute_url()).content.decode()

    asked = page.index(proposal.proposed_decision)
    means = page.index("Kommunen avsätter en tjänst.")
    changed = page.index("<ins")
    assert asked < means < changed
    assert f"/forslag/{proposal.pk}/bifall/" in page


def test_the_page_of_a_decided_version_tells_what_it_changed_also_when_it_is_superseded(world: World) -> None:
    proposals = []
    for days, word in ((30, "lugn"), (9, "ordning"), (0, "trygghet")):
        section = world.picture.sections.order_by("position")[0]
        section.body = f"<p>Parterna arbetar för {word}.</p>"
        section.save()
        proposals.append(decided_before(world, "1", today() - timedelta(days=days)).revision.proposal)
    first, second, third = (page(world.anna, proposal) for proposal in proposals)

    assert "Det finns ingen tidigare version att jämföra med" in first
    assert "fran=" not in first
    for text, was, became, pair in ((second, "lugn", "ordning", (1, 2)), (third, "ordning", "trygghet", (2, 3))):
        marked = bare(text[text.index('class="redline document"') : text.index('class="change-list-box"')])
        assert re.findall("<(ins|del)>(lugn|ordning|trygghet)<", marked) == [("del", was), ("ins", became)]
        assert re.findall(r"fran=(\d)&amp;till=(\d)", text) == [tuple(map(str, pair))] * 2


def test_a_yes_takes_two_steps_and_the_last_one_leads_to_the_decision(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    for person in (world.anna, world.pia):
        client = as_(person)
        page = client.get(step(proposal, "bifall"))
        assert proposal.proposed_decision in page.content.decode()
        assert proposal.assents.filter(given_by=person).count() == 0, "nothing happens on GET"
        response = client.post(step(proposal, "bifall"), {"resolution": proposal.proposed_decision})

    decision = Decision.objects.get()
    assert response["Location"] == decision.get_absolute_url()
    page = as_(world.reader).get(decision.get_absolute_url())
    assert decision.sha256 in page.content.decode()


def test_who_confirms_a_meetings_decision_sees_who_was_there_and_the_minutes(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    facts = {
        "decided_on": today(), "effective_from": today(), "resolution": "Fastställs.", "item_number": "5",
        "attendance": "Kommundirektören\n<Polischefen>", "minutes": SimpleUploadedFile("protokoll.pdf", a_pdf()),
    }  # fmt: skip
    as_(world.coordinator).post(step(proposal, "for-in-beslut"), facts)
    minutes = proposal.meeting_entries.get().minutes
    assert minutes is not None
    address = f"/filer/{minutes.sha256}/"

    for text in (page(world.pia, proposal), as_(world.pia).get(step(proposal, "bekrafta")).content.decode()):
        assert "Närvarande: Kommundirektören<br>&lt;Polischefen&gt;" in text
        assert ", § 5." in text
        assert address in text


@pytest.mark.parametrize("word", ["aterremittera", "avsla"])
def test_going_back_without_a_reason_is_asked_for_one(world: World, word: str) -> None:
    proposal = proposal_at(world, S.PROPOSED)

    response = as_(world.anna).post(step(proposal, word), {"reason": ""})

    assert response.status_code == 422
    proposal.refresh_from_db()
    assert proposal.status == S.PROPOSED


def test_a_postponement_keeps_what_was_typed_when_the_day_has_passed(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)

    response = as_(world.anna).post(step(proposal, "bordlagg"), {"until": today(), "reason": "Vi väntar."})

    assert response.status_code == 422
    assert "Vi väntar." in response.content.decode()


def test_a_refusal_says_why(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)

    response = as_(world.member).get(step(proposal, "bifall"))

    assert response.status_code == 403
    assert "beslutfattare" in response.content.decode()


def test_an_unknown_move_is_no_address(world: World) -> None:
    proposal = submit(world)

    assert as_(world.anna).post(f"/forslag/{proposal.pk}/godkann/").status_code == 404


def test_a_question_is_asked_and_answered_on_the_page(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    as_(world.anna).post(step(proposal, "fraga"), {"text": "Vad kostar det?"})
    question = proposal.revision.comments.get()

    as_(world.coordinator).post(reverse("agreements:comment_answer", args=[question.pk]), {"text": "Ingenting."})

    page = as_(world.anna).get(proposal.get_absolute_url()).content.decode()
    assert "Vad kostar det?" in page
    assert "Ingenting." in page


@pytest.mark.parametrize(
    ("who", "answers", "marks"),
    [
        ("anna", True, True),
        ("coordinator", True, True),
        ("pia", True, False),
        ("bo", True, False),
        ("registrar", False, False),
        ("signatory", False, False),
    ],
)
def test_a_question_is_answered_and_marked_as_dealt_with_where_one_may(
    world: World, who: str, answers: bool, marks: bool
) -> None:
    """The one who asked and those who edit the annex mark it; on the text's own page as on the decision page."""
    proposal = proposal_at(world, S.PROPOSED)
    question = ask(proposal, text="Vad kostar det?", by=world.anna)
    reader = getattr(world, who)
    to_answer, to_mark = (reverse(f"agreements:comment_{verb}", args=[question.pk]) for verb in ("answer", "resolve"))

    pages = [page(reader, proposal)]
    if answers:  # the others see no comments there
        pages.append(as_(reader).get(proposal.revision.get_absolute_url()).content.decode())

    for text in pages:
        assert "Vad kostar det?" in text
        assert (f'"{to_answer}"' in text, f'"{to_mark}"' in text) == (answers, marks)
    if marks:
        as_(reader).post(to_mark)
        assert f'"{to_mark}"' not in page(reader, proposal)


def test_a_meetings_decision_is_entered_with_its_minutes_and_confirmed(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    client = as_(world.coordinator)
    response = client.post(
        step(proposal, "for-in-beslut"),
        {
            "decided_on": today(), "effective_from": today(), "resolution": "Fastställs.", "item_number": "§ 5",
            "minutes": SimpleUploadedFile("protokoll.pdf", a_pdf(), "application/pdf"),
        },
    )  # fmt: skip
    assert response.status_code == 302
    told = client.get(proposal.get_absolute_url()).content.decode()
    assert "Texten fastställs när alla andra parter har bekräftat beslutet." in told

    as_(world.police_coordinator).post(step(proposal, "bekrafta"), {"entry": proposal.meeting_entries.get().pk})

    decision = Decision.objects.get()
    assert decision.item_number == "§ 5"
    assert decision.minutes is not None
    minutes = reverse("agreements:file_detail", args=[world.agreement.slug, decision.minutes.sha256])
    assert as_(world.reader).get(minutes)["Content-Type"] == "application/pdf"
    assert as_(world.cia).get(minutes).status_code == 404


@pytest.mark.parametrize("content", [b"MZ not a pdf", b"", b"%PDF-1.7 broken"])
def test_minutes_that_are_no_pdf_are_refused_and_nothing_is_entered(world: World, content: bytes) -> None:
    proposal = proposal_at(world, S.PROPOSED)

    response = as_(world.coordinator).post(
        step(proposal, "for-in-beslut"),
        {
            "decided_on": today(), "effective_from": today(), "resolution": "Fastställs.",
            "minutes": SimpleUploadedFile("protokoll.pdf", content, "application/pdf"),
        },
    )  # fmt: skip

    assert response.status_code == 422
    assert not proposal.meeting_entries.exists()


def test_a_correction_is_shown_below_the_decision(world: World) -> None:
    decision = decide(world)

    as_(world.coordinator).post(reverse("agreements:correction_create", args=[decision.pk]), {"text": "Ska vara § 4."})

    assert "Ska vara § 4." in as_(world.reader).get(decision.get_absolute_url()).content.decode()


def test_a_text_that_waits_for_signatures_leads_on_to_its_signing(world: World) -> None:
    proposal = proposal_at(world, S.AWAITING_SIGNATURES)
    prepare = reverse("agreements:manifest_create", args=[world.agreement.slug])

    assert prepare in page(world.coordinator, proposal)
    assert prepare not in page(world.anna, proposal)

    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    assert all(manifest.get_absolute_url() in page(person, proposal) for person in (world.coordinator, world.anna))


def test_who_withdraws_is_asked_why_and_told_who_reads_it(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    url, client = step(proposal, "ta-tillbaka"), as_(world.coordinator)

    form = client.get(url).content.decode()
    assert "Varför?" in form
    assert "Alla som medverkar kan läsa det." in form
    assert "den som tar vid" not in form, "nobody does"

    client.post(url, {"reason": "Siffrorna kommer i maj."})
    assert proposal.moves.get(verb=Move.Verb.WITHDRAW).reason == "Siffrorna kommer i maj."


def test_nobody_is_sent_to_choices_when_the_only_ones_are_to_ask_or_to_withdraw(world: World) -> None:
    proposal = proposal_at(world, S.PROPOSED)
    to_choices = f'href="#gor-{proposal.pk}"'

    assert to_choices in page(world.anna, proposal)
    assert to_choices not in page(world.preparer, proposal)
    assert "fraga" in page(world.preparer, proposal)


def test_signing_is_prepared_recorded_and_complete(world: World) -> None:
    proposal_at(world, S.AWAITING_SIGNATURES)
    as_(world.coordinator).post(
        reverse("agreements:manifest_create", args=[world.agreement.slug]), {"effective_from": today()}
    )
    manifest = Manifest.objects.get()
    for signatory, person in zip(
        manifest.signatories.order_by("party__position"), (world.signatory, world.police_signatory), strict=True
    ):
        assert as_(person).get(manifest.get_absolute_url()).status_code == 200
        as_(person).post(
            reverse("agreements:signature_create", args=[manifest.pk, signatory.pk]),
            {"signed_on": today(), "place": "Norrvik"},
        )

    manifest.refresh_from_db()
    assert manifest.closed_at is not None
    assert Decision.objects.get().manifest == manifest


def test_a_decision_from_above_is_recorded_by_its_own_party_not_before_its_day(world: World) -> None:
    proposal_at(world, S.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    needed = require_higher_decision(manifest, party=world.kommun, body="Kommunstyrelsen", by=world.coordinator)
    url = reverse("agreements:higher_decision_edit", args=[manifest.pk, needed.pk])
    mine, theirs = as_(world.coordinator), as_(world.police_coordinator)

    assert url in mine.get(manifest.get_absolute_url()).content.decode()
    assert url not in theirs.get(manifest.get_absolute_url()).content.decode()
    assert theirs.post(url, {"decided_on": today()}).status_code == 403
    late = mine.post(url, {"decided_on": today() + timedelta(days=1)})
    assert late.context["form"].errors["decided_on"] == ["Beslutet kan inte vara senare än i dag."]

    assert mine.post(url, {"decided_on": today(), "item_number": "§ 4"}).status_code == 302
    assert mine.get(url).context["form"]["item_number"].value() == "§ 4"
    assert mine.post(url, {"decided_on": today(), "item_number": "§ 5"}).status_code == 302
    page = mine.get(manifest.get_absolute_url()).content.decode()
    assert "§ 4" in page
    assert "§ 5" in page
    assert "Rättat" in page


def test_what_was_signed_on_paper_is_registered_and_confirmed(world: World) -> None:
    url = reverse("agreements:registration_signed", args=[world.agreement.slug])
    client = as_(world.coordinator)
    assert client.get(url).status_code == 200
    assert client.post(url, signed_data(world, [*world.annexes.values()])).status_code == 302

    manifest = Manifest.objects.get()
    as_(world.police_coordinator).post(reverse("agreements:manifest_confirm", args=[manifest.pk]))

    assert Decision.objects.filter(is_registered_afterwards=True).count() == 4


def rows_of(party: Party, rows: list[dict[str, object]], initial: int = 0) -> dict[str, object]:
    """What the browser sends for the signatories of one party."""
    data: dict[str, object] = {f"part-{party.pk}-TOTAL_FORMS": len(rows), f"part-{party.pk}-INITIAL_FORMS": initial}
    for at, row in enumerate(rows):
        data |= {f"part-{party.pk}-{at}-{name}": value for name, value in row.items()}
    return data


def signed_data(world: World, annexes: list[Annex]) -> dict[str, object]:
    """Those annexes were signed on paper in 2020, by two for the municipality and one for the police."""
    where = {"signed_on": "2020-02-21", "place": "Stockholm"}
    chief: dict[str, object] = {"name": "Chefen", "title": "Chef", "marker": "acting", **where}
    other: dict[str, object] = {"name": "Ordföranden", "title": "Ordförande", "marker": "", **where}
    return {
        "effective_from": "2020-02-29",
        **{f"text-{annex.pk}-is_signed": "on" for annex in annexes},
        **rows_of(world.kommun, [chief, other]),
        **rows_of(world.polis, [chief, {"name": "", "title": ""}]),
    }


def test_texts_signed_on_paper_get_their_true_numbers_paragraphs_and_all_who_signed(world: World) -> None:
    url = reverse("agreements:registration_signed", args=[world.agreement.slug])
    pk = world.picture.pk
    data = signed_data(world, [world.text, world.picture]) | {f"text-{pk}-number": 3, f"text-{pk}-item_number": "§ 9"}

    as_(world.coordinator).post(url, data)

    manifest = Manifest.objects.get()
    assert [(s.party, s.name) for s in manifest.signatories.all()] == [
        (world.kommun, "Chefen"), (world.kommun, "Ordföranden"), (world.polis, "Chefen"),
    ]  # fmt: skip
    signed = manifest.entries.filter(is_signed_for=True).values_list("revision__number", "item_number")
    assert list(signed) == [(1, ""), (3, "§ 9")]


def test_what_is_wrong_with_a_registered_signing_is_said_where_it_stands(world: World) -> None:
    decide(world)
    url = reverse("agreements:registration_signed", args=[world.agreement.slug])
    client, pk = as_(world.coordinator), world.picture.pk

    taken = client.post(url, signed_data(world, [world.picture]) | {f"text-{pk}-number": 1})
    assert "Det finns redan en version med det numret." in taken.content.decode()
    nothing = client.post(url, signed_data(world, []))
    assert "Välj minst en text" in nothing.content.decode()
    nobody = client.post(url, signed_data(world, [world.text]) | rows_of(world.polis, [{"name": ""}]))
    assert {answer.status_code for answer in (taken, nothing, nobody)} == {422}
    assert not Manifest.objects.exists()


@pytest.mark.parametrize("number", ["0", "10000", str(2**31), "9" * 5000])
def test_a_version_number_that_no_text_has_is_refused_on_its_field(world: World, number: str) -> None:
    client, pk = as_(world.coordinator), world.picture.pk
    decided = {
        "annex": pk, "number": number, "decided_on": "2025-03-04", "effective_from": "2025-03-15", "resolution": "Ja.",
    }  # fmt: skip
    signed = signed_data(world, [world.picture]) | {f"text-{pk}-number": number}

    for word, data in (("decided", decided), ("signed", signed)):
        answer = client.post(reverse(f"agreements:registration_{word}", args=[world.agreement.slug]), data)
        assert (answer.status_code, "error-summary" in answer.content.decode()) == (422, True)
    assert not Proposal.objects.exists()


def test_a_year_is_a_version_number(world: World) -> None:
    data = signed_data(world, [world.picture]) | {f"text-{world.picture.pk}-number": 2019}

    as_(world.coordinator).post(reverse("agreements:registration_signed", args=[world.agreement.slug]), data)

    assert world.picture.revisions.get().number == 2019


def test_a_count_of_rows_that_no_page_has_adds_no_row(world: World) -> None:
    data = signed_data(world, [world.text]) | {
        ADD_ROW: world.polis.pk, f"part-{world.polis.pk}-TOTAL_FORMS": "9" * 5000,
    }  # fmt: skip

    answer = as_(world.coordinator).post(reverse("agreements:registration_signed", args=[world.agreement.slug]), data)

    assert answer.status_code == 422
    assert not Manifest.objects.exists()


def test_another_row_is_asked_for_without_being_told_what_is_wrong(world: World) -> None:
    url = reverse("agreements:registration_signed", args=[world.agreement.slug])
    data = signed_data(world, [world.text]) | {"effective_from": "", ADD_ROW: world.polis.pk}

    answer = as_(world.coordinator).post(url, data)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"part-{world.polis.pk}-2-name" in page
    assert "error-summary" not in page
    assert "Ordföranden" in page


def test_the_page_of_those_who_sign_shows_and_keeps_every_one(world: World) -> None:
    proposal_at(world, S.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    extra = [SignatoryFacts(world.kommun, name, "Chef") for name in ("Ett", "Två")]
    own = [SignatoryFacts(world.polis, "Undertecknare polis", "Chef", user=world.police_signatory)]
    set_signatories(manifest, [*extra, *own], by=world.coordinator)
    url = reverse("agreements:signatories_edit", args=[manifest.pk])
    client = as_(world.coordinator)

    shown = client.get(url)
    page = shown.content.decode()
    assert all(f'value="{name}"' in page for name in ("Ett", "Två", "Undertecknare polis"))

    def row(name: str, **more: object) -> dict[str, object]:
        pk = manifest.signatories.get(name=name).pk
        return {"id": pk, "name": name, "title": "Direktör", "marker": ""} | more

    kommun = rows_of(world.kommun, [row("Ett", DELETE="on"), row("Två"), {"name": "Tre", "title": "Chef"}], 2)
    data = {"seen": shown.context["seen"], **kommun, **rows_of(world.polis, [row("Undertecknare polis")], 1)}
    assert client.post(url, data).status_code == 302

    now = manifest.signatories.all()
    assert [(s.name, s.title) for s in now] == [
        ("Två", "Direktör"), ("Tre", "Chef"), ("Undertecknare polis", "Direktör"),
    ]  # fmt: skip
    assert manifest.signatories.get(party=world.polis).user == world.police_signatory
    for seen in (shown.context["seen"], f"{shown.context['seen']} {'9' * 5000}"):
        again = client.post(url, data | {"seen": seen})
        assert again.status_code == 409  # the list is another one since that page was opened


def test_every_party_keeps_a_signatory_on_the_page(world: World) -> None:
    proposal_at(world, S.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    url = reverse("agreements:signatories_edit", args=[manifest.pk])
    mine, theirs = manifest.signatories.all()
    data = {
        "seen": f"{mine.pk} {theirs.pk}",
        **rows_of(world.kommun, [{"id": mine.pk, "name": mine.name, "title": mine.title, "DELETE": "on"}], 1),
        **rows_of(world.polis, [{"id": theirs.pk, "name": theirs.name, "title": theirs.title}], 1),
    }

    answer = as_(world.coordinator).post(url, data)

    assert answer.status_code == 422
    assert "Varje part behöver en undertecknare." in answer.content.decode()
    assert manifest.signatories.count() == 2


def test_the_signing_asks_first_who_has_signed_and_what_is_missing(world: World) -> None:
    proposal_at(world, S.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)

    page = as_(world.anna).get(manifest.get_absolute_url()).content.decode()

    found = [page.index(f'id="{name}"') for name in ("undertecknare", "saknas", "ovanifran", "texter")]
    assert found == sorted(found)


def test_a_signing_that_somebody_else_gave_up_meanwhile_is_told_as_closed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal_at(world, S.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)

    def asked_while_somebody_acts(verdict: Verdict) -> None:
        require(verdict)
        give_up(manifest, by=world.police_coordinator)

    monkeypatch.setattr("agreements.views.signing.require", asked_while_somebody_acts)
    answer = as_(world.coordinator).post(reverse("agreements:manifest_give_up", args=[manifest.pk]))

    assert answer.status_code == 409
    assert "Underskriften är avslutad." in answer.content.decode()
    assert manifest.history.filter(withdrawn_at__isnull=False).count() == 1


def test_the_holder_of_each_original_is_chosen(world: World) -> None:
    proposal_at(world, S.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    url = reverse("agreements:originals_edit", args=[manifest.pk])

    assert url in as_(world.coordinator).get(manifest.get_absolute_url()).content.decode()
    as_(world.coordinator).post(url, {"original-1": world.polis.pk, "original-2": world.polis.pk})

    assert [copy.holder for copy in manifest.originals.all()] == [world.polis, world.polis]
    stranger = world.other.parties.all()[0]
    assert as_(world.coordinator).post(url, {"original-1": stranger.pk}).status_code == 422
    assert as_(world.signatory).get(url).status_code == 403


def test_an_original_more_in_the_settings_gets_its_holder_in_the_open_signing_too(world: World) -> None:
    proposal_at(world, S.AWAITING_SIGNATURES)
    manifest = open_manifest(world.agreement, effective_from=today(), by=world.coordinator)
    world.agreement.original_copies = 3
    world.agreement.save()
    chosen = {"original-1": world.kommun.pk, "original-2": world.polis.pk, "original-3": world.polis.pk}

    as_(world.coordinator).post(reverse("agreements:originals_edit", args=[manifest.pk]), chosen)

    assert [copy.holder for copy in manifest.originals.all()] == [world.kommun, world.polis, world.polis]


def test_a_registered_signing_says_who_has_confirmed_and_is_disputed_with_a_reason(world: World) -> None:
    as_(world.coordinator).post(
        reverse("agreements:registration_signed", args=[world.agreement.slug]), signed_data(world, [world.text])
    )
    manifest = Manifest.objects.get()
    dispute = reverse("agreements:manifest_dispute", args=[manifest.pk])
    withdraw = reverse("agreements:manifest_withdraw", args=[manifest.pk])
    mine, theirs = as_(world.coordinator), as_(world.police_coordinator)

    page = mine.get(manifest.get_absolute_url()).content.decode()
    assert "har inte svarat" in page
    assert withdraw in page
    assert dispute not in page
    refusal = mine.get(dispute)
    assert refusal.status_code == 403
    assert "Den part som registrerade den tar tillbaka den." in refusal.content.decode()
    assert dispute in theirs.get(manifest.get_absolute_url()).content.decode()
    assert theirs.post(withdraw).status_code == 403

    assert theirs.post(dispute, {"reason": ""}).status_code == 422
    assert theirs.post(dispute, {"reason": "Polisen skrev aldrig under."}).status_code == 302

    assert "Polisen skrev aldrig under." in mine.get(manifest.get_absolute_url()).content.decode()
    assert world.text.proposals.get().status == S.WITHDRAWN


def test_a_decision_taken_outside_is_registered(world: World) -> None:
    url = reverse("agreements:registration_decided", args=[world.agreement.slug])
    client = as_(world.coordinator)
    choice = client.get(reverse("agreements:registration_create", args=[world.agreement.slug]))
    assert "gäller när alla andra parter har bekräftat det" in choice.content.decode()

    response = client.post(
        url,
        {
            "annex": world.picture.pk, "number": 4, "decided_on": "2025-03-04", "effective_from": "2025-03-15",
            "resolution": "Styrgruppen fastställer lägesbilden.", "item_number": "§ 3",
        },
    )  # fmt: skip

    proposal = Proposal.objects.get()
    assert response["Location"] == proposal.get_absolute_url()
    assert proposal.revision.number == 4
    assert (
        "Registrerat. Det gäller när alla andra parter har bekräftat det."
        in client.get(proposal.get_absolute_url()).content.decode()
    )


def test_a_review_without_change_is_recorded(world: World) -> None:
    decide(world)

    as_(world.anna).post(
        reverse("agreements:review_create", args=[world.agreement.slug, "1"]), {"reviewed_on": today(), "note": "Ok."}
    )

    assert world.picture.reviews.get().recorded_by == world.anna


@pytest.mark.parametrize(
    "name",
    ["comment_answer", "comment_resolve", "task_finish", "manifest_confirm", "manifest_give_up", "manifest_withdraw"],
)
def test_no_link_changes_anything(world: World, name: str) -> None:
    assert as_(world.coordinator).get(reverse(f"agreements:{name}", args=[1])).status_code == 405


def test_a_day_that_another_version_has_is_refused_on_its_field(world: World) -> None:
    decide(world)
    slug, day, sentence = world.agreement.slug, str(today()), "Välj en annan dag"

    submitted = as_(world.coordinator).post(
        reverse("agreements:submission_create", args=[slug, "1"]), submission_data(**{"bilaga-effective_from": day})
    )
    registered = as_(world.coordinator).post(
        reverse("agreements:registration_decided", args=[slug]),
        {"annex": world.picture.pk, "decided_on": day, "effective_from": day, "resolution": "Fastställs."},
    )
    proposal = proposal_at(world, S.PROPOSED)
    entered = as_(world.coordinator).post(
        step(proposal, "for-in-beslut"), {"decided_on": day, "effective_from": day, "resolution": "Fastställs."}
    )

    for response in (submitted, registered, entered):
        assert response.status_code == 422
        assert sentence in str(response.context["form"]["effective_from"].errors)
    assert not proposal.meeting_entries.exists()


def test_what_signatures_fix_is_not_among_what_is_registered_as_decided(world: World) -> None:
    url = reverse("agreements:registration_decided", args=[world.agreement.slug])
    day = str(today())
    data = {"annex": world.text.pk, "decided_on": day, "effective_from": day, "resolution": "Fastställs."}

    offered = as_(world.coordinator).get(url).context["form"].fields["annex"].queryset
    response = as_(world.coordinator).post(url, data)

    assert [annex.number for annex in offered] == ["1", "3a", "4"]
    assert response.status_code == 422
    assert "registreras som undertecknade" in str(response.context["form"]["annex"].errors)
    assert not Proposal.objects.exists()


def test_a_matter_that_would_come_apart_is_not_bound_together(world: World) -> None:
    data: dict[str, object] = {"bilagor": ["0", "1"], "skicka": "1", "arende-title": "Våren"}
    data |= {"arende-is_bound_together": "on"}
    for number in ("0", "1"):
        data |= {
            f"bilaga-{number}-change_summary": "Ändrat.",
            f"bilaga-{number}-proposed_decision": f"Fastställs {number}.",
            f"bilaga-{number}-warnings_answered": "on",
        }

    response = as_(world.coordinator).post(reverse("agreements:matter_create", args=[world.agreement.slug]), data)

    assert response.status_code == 422
    assert "två ärenden" in str(response.context["matter_form"]["is_bound_together"].errors)
    assert not world.agreement.matters.exists()
