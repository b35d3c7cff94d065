import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.models import Annex, Section
from agreements.policies.proposal import visible_proposals
from agreements.rights import today
from agreements.selectors.annexes import of_draft, of_revision
from agreements.selectors.comments import comments_beside, comments_in_draft, comments_on
from agreements.workflow.comment import answer, ask, comment_on, resolve
from agreements.workflow.section import save_section
from agreements.workflow.sharing import share_draft
from agreements.workflow.structure import leave_out
from tests.agreements.workflow.test_proposal import code_of
from tests.factories import World, as_, decide, submit


def rewrite(world: World, body: str) -> None:
    section = world.picture.sections.order_by("position")[0]
    save_section(section, heading=section.heading, body=body, version=section.version, by=world.coordinator)


def beside(world: World, number: int | None) -> list[tuple[str, bool, int | None]]:
    reading = of_draft(world.picture)
    if number is not None:
        reading = of_revision(world.picture.revisions.get(number=number), today())
    views = comments_beside(world.coordinator, reading)
    return [(view.comment.text, view.is_lost, view.followed_from) for view in views]


def comment(world: World, text: str, quote: str) -> object:
    section = world.picture.sections.order_by("position")[0]
    return comment_on(
        world.picture.revisions.get(number=1), text=text, by=world.member, section_id=str(section.pk), quote=quote
    )


def test_a_comment_follows_to_the_next_text_where_the_passage_stands(world: World) -> None:
    decide(world)
    comment(world, "Vilka brott?", "förebygga brott")
    comment(world, "Tillsammans hur?", "arbetar tillsammans")

    rewrite(world, "<p>Parterna ska i fortsättningen  förebygga brott varje dag.</p>")

    assert beside(world, 1) == [("Vilka brott?", False, None), ("Tillsammans hur?", False, None)]
    assert beside(world, None) == [("Vilka brott?", False, 1), ("Tillsammans hur?", True, 1)]
    submit(world)
    assert beside(world, 2) == [("Vilka brott?", False, 1), ("Tillsammans hur?", True, 1)]


def test_a_word_inside_another_is_not_the_passage(world: World) -> None:
    rewrite(world, "<p>Parterna öppnar tre mötesplatser.</p>")
    decide(world)
    comment(world, "Vilka tre?", "tre")

    rewrite(world, "<p>Parterna motverkar extremism.</p>")

    assert beside(world, None) == [("Vilka tre?", True, 1)]


def test_where_a_passage_stands_twice_the_words_around_it_tell_which(world: World) -> None:
    rewrite(world, "<p>Vi följer tre brott. Vi öppnar tre mötesplatser. Vi besöker tre skolor.</p>")
    decide(world)
    section = world.picture.sections.order_by("position")[0]
    for text, before, after in (
        ("Vilka platser?", "Vi öppnar ", " mötesplatser."), ("Vilka skolor?", "Vi besöker ", " skolor.")
    ):  # fmt: skip
        comment_on(
            world.picture.revisions.get(number=1), text=text, by=world.member, section_id=str(section.pk), quote="tre",
            before=before, after=after,
        )  # fmt: skip

    rewrite(world, "<p>Vi följer tre brott. Parterna besöker i höst tre skolor.</p>")

    assert beside(world, 1) == [("Vilka platser?", False, None), ("Vilka skolor?", False, None)]
    assert beside(world, None) == [("Vilka skolor?", False, 1), ("Vilka platser?", True, 1)]


def test_half_a_word_that_was_marked_is_quoted_whole(world: World) -> None:
    decide(world)

    written = comment_on(
        world.picture.revisions.get(number=1), text="Hur?", by=world.member, quote="bygga bro", before="för att före",
        after="tt.",
    )  # fmt: skip

    assert (written.before, written.quote, written.after) == ("för att ", "förebygga brott", ".")


def test_a_comment_on_a_section_that_is_gone_is_listed_as_lost(world: World) -> None:
    decide(world)
    comment(world, "Stryk avsnittet.", "")

    world.picture.sections.order_by("position")[0].delete()

    assert beside(world, None) == [("Stryk avsnittet.", True, 1)]


def test_what_has_been_dealt_with_does_not_follow(world: World) -> None:
    decide(world)
    written = comment(world, "Vilka brott?", "förebygga brott")

    resolve(written, by=world.coordinator)  # type: ignore[arg-type]

    assert beside(world, None) == []
    assert beside(world, 1) == [("Vilka brott?", False, None)]


def test_a_comment_in_an_own_draft_stays_with_its_party_after_the_draft_is_shared(world: World) -> None:
    world.picture.draft_party = world.kommun
    world.picture.save()
    written = comment_on(world.picture, text="Bara för oss.", by=world.coordinator)
    share_draft(world.picture, purpose="comment", by=world.coordinator)

    reading = of_draft(Annex.objects.get(pk=world.picture.pk))

    assert [view.comment for view in comments_beside(world.coordinator, reading)] == [written]
    assert comments_beside(world.police_coordinator, reading) == []


def test_a_registrar_reads_a_draft_and_does_not_comment_on_it(world: World) -> None:
    draft = reverse("agreements:annex_draft", args=[world.agreement.slug, world.picture.number])

    assert code_of(lambda: comment_on(world.picture, text="En synpunkt.", by=world.registrar)) == "not_taking_part"
    page = as_(world.registrar).get(draft)
    assert page.status_code == 200
    assert 'name="text"' not in page.content.decode()
    for person in (world.coordinator, world.preparer):
        assert code_of(lambda: comment_on(world.picture, text="En synpunkt.", by=person)) == "done"  # noqa: B023
    assert code_of(lambda: comment_on(world.plan, text="En synpunkt.", by=world.bo)) == "done"


def test_only_those_who_take_part_comment_and_answer(world: World) -> None:
    decide(world)
    written = comment(world, "Vilka brott?", "")

    for person in (world.reader, world.cia, world.nils, world.signatory):
        assert code_of(lambda: answer(written, text="Jag också.", by=person)) == "not_taking_part"  # type: ignore[arg-type]  # noqa: B023
    assert code_of(lambda: answer(written, text="Stölder.", by=world.coordinator)) == "done"  # type: ignore[arg-type]
    assert code_of(lambda: answer(written, text="  ", by=world.coordinator)) == "text_missing"  # type: ignore[arg-type]


def in_draft(world: World) -> tuple[dict[str, list[tuple[str, bool, int | None]]], list[tuple[str, bool, str]]]:
    """What the editor lists: by the heading of the section, and what stands in none."""
    found = comments_in_draft(world.coordinator, world.picture)
    headings = {str(pk): heading for pk, heading in world.picture.sections.values_list("pk", "heading")}
    sections = {
        headings[key]: [(view.comment.text, view.is_lost, view.followed_from) for view in views]
        for key, views in found.by_section.items()
    }
    return sections, [(view.comment.text, view.is_lost, view.heading) for view in found.elsewhere]


def test_the_editor_lists_what_still_stands_in_a_section_and_what_was_lost_from_it(world: World) -> None:
    decide(world)
    comment(world, "Vilka brott?", "förebygga brott")
    comment(world, "Tillsammans hur?", "arbetar tillsammans")
    comment(world, "Läs om.", "")

    rewrite(world, "<p>Parterna ska i fortsättningen förebygga brott varje dag.</p>")
    submit(world)

    told = [("Vilka brott?", False, 1), ("Läs om.", False, 1), ("Tillsammans hur?", True, 1)]
    assert in_draft(world) == ({"Syfte": told}, [])


def test_the_editor_lists_a_comment_where_its_passage_has_moved_to(world: World) -> None:
    decide(world)
    comment(world, "Vilka brott?", "tillsammans för att förebygga brott")

    rewrite(world, "<p>Nytt.</p>")
    other = world.picture.sections.get(heading="Arbetssätt")
    body = "<p>Parterna arbetar tillsammans för att förebygga brott.</p>"
    save_section(other, heading=other.heading, body=body, version=other.version, by=world.coordinator)

    assert in_draft(world) == ({"Arbetssätt": [("Vilka brott?", False, 1)]}, [])


def test_what_was_said_of_the_whole_text_or_of_a_section_left_out_stands_beside_the_editor(world: World) -> None:
    decide(world)
    section = world.picture.sections.get(heading="Syfte")
    comment(world, "Vilka brott?", "förebygga brott")
    comment_on(world.picture, text="Stryk.", by=world.preparer, section_id=str(section.pk))
    comment_on(world.picture, text="Bra helhet.", by=world.preparer)
    done = comment_on(world.picture, text="Klart.", by=world.preparer)
    resolve(done, by=world.coordinator)

    leave_out(section, by=world.coordinator)

    told = [("Bra helhet.", False, ""), ("Vilka brott?", True, "Syfte"), ("Stryk.", True, "Syfte")]
    assert in_draft(world) == ({}, told)
    assert comments_in_draft(world.cia, world.picture).elsewhere == []


@pytest.mark.parametrize("many", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_comments(world: World, many: int) -> None:
    decide(world)
    for number in range(many):
        comment(world, f"Vilka {number}?", "förebygga brott")
        answer(comment(world, f"Hur {number}?", "arbetar tillsammans"), text="Så.", by=world.coordinator)  # type: ignore[arg-type]
    world.picture.sections.get(heading="Syfte").delete()
    reading = of_draft(world.picture)
    comments_in_draft(world.coordinator, world.picture)

    with CaptureQueriesContext(connection) as captured:
        comments_beside(world.coordinator, reading)
    assert len(captured) == QUERIES_WITH_A_LOST_ONE
    with CaptureQueriesContext(connection) as captured:
        comments_in_draft(world.coordinator, world.picture)
    assert len(captured) == QUERIES_WITH_A_LOST_ONE + QUERIES_OF_A_PREVIEW


@pytest.mark.parametrize("many", [1, 3])
def test_the_questions_of_a_decision_page_take_two_queries_however_many_they_are(world: World, many: int) -> None:
    proposal = submit(world)
    for number in range(many):
        answer(ask(proposal, text=f"Vad kostar {number}?", by=world.anna), text="Inget.", by=world.coordinator)
    proposal = visible_proposals(world.bo).get(pk=proposal.pk)
    document = proposal.revision.document

    with CaptureQueriesContext(connection) as captured:
        views = comments_on(world.bo, proposal, document)
    assert [(view.may_answer, view.may_resolve) for view in views] == [(True, False)] * many
    assert len(captured) == 2


QUERIES_WITH_A_LOST_ONE = 4
QUERIES_OF_A_PREVIEW = 4


def test_the_pages_name_the_section_that_a_comment_is_on(world: World) -> None:
    section = world.picture.sections.get(heading="Syfte")
    proposal = submit(world)
    comment(world, "Vilka brott?", "förebygga brott")
    text = proposal.revision.get_absolute_url()

    link = f'<a href="{{}}#{section.pk}">Syfte</a>'
    assert link.format("") in as_(world.coordinator).get(text).content.decode()
    assert link.format(text) in as_(world.coordinator).get(proposal.get_absolute_url()).content.decode()


def test_the_editor_shows_a_lost_comment_with_its_old_words(world: World) -> None:
    decide(world)
    comment(world, "Tillsammans hur?", "arbetar tillsammans")
    comment(world, "Stryk?", "")
    rewrite(world, "<p>Nytt.</p>")
    sections: dict[str, Section] = {section.heading: section for section in world.picture.sections.all()}
    editor = reverse("agreements:annex_edit", args=[world.agreement.slug, world.picture.number])

    html = as_(world.coordinator).get(editor, {"avsnitt": str(sections["Syfte"].pk)}).content.decode()
    assert '<blockquote class="small">arbetar tillsammans</blockquote>' in html
    assert html.count("Stället finns inte kvar") == 1
    html = as_(world.coordinator).get(editor, {"avsnitt": str(sections["Arbetssätt"].pk)}).content.decode()
    assert "Stället finns inte kvar" not in html

    leave_out(sections["Syfte"], by=world.coordinator)
    html = as_(world.coordinator).get(editor).content.decode()
    assert html.count("Stället finns inte kvar") == 2
    assert html.count("Avsnitt: Syfte") == 2
