"""From submission to decision through the pages, by those whose turn it is."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agreements.models import Decision, Move, Proposal
from agreements.rights import today
from agreements.states import ProposalStatus
from agreements.workflow.comment import ask
from agreements.workflow.signing import (
    open_manifest,
)
from samverkan.accounts.models import User
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
