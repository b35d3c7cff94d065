"""One document with every type of block."""

from typing import Any

from agreements.documents.block_types import Document
from agreements.documents.freeze import AnnexFacts, FrozenSection, freeze_sections
from agreements.documents.sanitise import clean_heading, clean_rich_text

ASSET = "ab" * 32
FACTS = AnnexFacts(
    kind="situational_picture",
    title="Gemensam lägesbild",
    subtitle="Norrvik",
    assets={ASSET: {"media_type": "image/png", "width": 800, "height": 600}},
)
BODY = (
    "<p>Syftet är <strong>ett &amp; två</strong><sup data-note='<p>Se "
    '<a href="https://example.se/">länken</a>.</p><p>Stycke två.</p>\'></sup> här.</p>'
    "<h4>Delar</h4><ul><li>ett</li><li>två<ol><li>två ett</li></ol></li></ul>"
    "<table><caption>Antal brott</caption><tr><th>År</th><th>Antal</th></tr>"
    "<tr><td>2024</td><td>70</td></tr></table>"
    f'<figure data-asset="{ASSET}" data-alt="Andelen ökar" data-source="Brå">'
    "<figcaption>Figur 1<sup data-note='Enligt polisen.'></sup></figcaption>"
    "<table><tr><th>År</th><th>Andel</th></tr><tr><td>2025</td><td>22 %</td></tr></table></figure>"
)


def typed_blocks() -> list[Any]:
    """A field table with an open point, a list of items in two levels, and a contact."""
    common = {"lang": None, "confidentiality": None, "party": None}
    fields = [
        {
            "id": "field-1",
            "label": "Mötesfrekvens",
            "cells": [{"html": "<p>Bestäms senare</p>", "open": True}],
        }
    ]
    inner = [{"id": "item-2", "html": "Källare", "items": []}]
    phone = {"label": "Växel", "number": "+46846500400", "display": "08-465 004 00"}
    return [
        {
            **common,
            "id": "fields",
            "type": "field_table",
            "header": ["Fält", "Arbetsgruppen"],
            "rows": fields,
        },
        {
            **common,
            "id": "items",
            "type": "item_list",
            "ordered": True,
            "items": [{"id": "item-1", "html": "Bostadsinbrott", "items": inner}],
        },
        {
            **common,
            "id": "card",
            "type": "contact_card",
            "name": "",
            "function": "Samordnare",
            "organisation": "Norrviks kommun",
            "phones": [phone],
            "email": "samordnare@example.se",
        },
    ]


def example(body: str = BODY) -> Document:
    """The document, with another body of its first section where one is given."""
    heading = clean_heading("Inledning<sup data-note='Från områdesfakta.'></sup>")
    return freeze_sections(
        FACTS,
        [
            FrozenSection("s1", 1, heading, is_numbered=True, body=clean_rich_text(body)),
            FrozenSection("s2", 2, "Åtgärder", is_numbered=True, blocks=typed_blocks()),
        ],
    )
