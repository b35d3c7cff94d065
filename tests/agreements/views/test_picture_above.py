"""A picture in the overarching agreement's text is seen by those who read that text as annex 5 of their own, on the
page as in print, and by nobody else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from agreements.models import StoredFile
from agreements.rights import today
from agreements.states import AnnexKind
from agreements.workflow.picture import store_picture
from tests.agreements.workflow.test_picture import picture, show, upload
from tests.factories import World, as_, decide, make_world
from tests.factories.agreements import make_annex


@pytest.fixture
def above(db: None) -> World:
    """An overarching agreement whose text in force shows a picture."""
    made = make_world(level="overarching", fixing_rules={"agreement_text": "decision"})
    show(made, store_picture(made.text, upload(picture()), by=made.coordinator), "0")
    decide(made, "0", effective_from=today() - timedelta(days=1))
    return made


def test_who_reads_the_text_above_as_annex_5_sees_its_picture(world: World, above: World) -> None:
    annex = make_annex(world.agreement, AnnexKind.OVERARCHING_AGREEMENT, "5", "Övergripande")
    world.agreement.parent = above.agreement
    world.agreement.save()

    page = as_(world.reader).get(annex.get_absolute_url()).content.decode()
    (address,) = re.findall(r'<img[^>]* src="([^"]+)"', page)

    assert as_(world.reader).get(address).status_code == 200
    assert as_(above.reader).get(address).status_code == 200
    for person in (world.nils, world.cia):
        assert as_(person).get(address).status_code == 404


def test_a_picture_of_its_draft_alone_is_not_seen_from_below(world: World, above: World) -> None:
    world.agreement.parent = above.agreement
    world.agreement.save()
    first = StoredFile.objects.get()
    draft = store_picture(above.text, upload(picture(size=(9, 9))), by=above.coordinator)
    show(above, draft, "0")
    slug = above.agreement.slug
    addresses = [reverse("agreements:image_detail", args=[slug, "0", file.sha256]) for file in (first, draft)]

    assert [as_(above.coordinator).get(address).status_code for address in addresses] == [200, 200]
    assert [as_(world.reader).get(address).status_code for address in addresses] == [200, 404]
