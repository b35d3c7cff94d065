from django.urls import reverse

from agreements.models import Annex
from agreements.rights import today
from agreements.selectors.annexes import of_draft, of_revision
from agreements.selectors.comments import comments_beside
from agreements.workflow.comment import answer, comment_on, resolve
from agreements.workflow.section import save_section
from agreements.workflow.sharing import share_draft
from tests.agreements.views.test_deciding import as_
from tests.agreements.workflow.test_proposal import code_of
from tests.factories import World, decide, submit


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
