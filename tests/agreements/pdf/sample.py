"""A whole agreement as full as a real one, ready to print: annexes, notes, figures, tables, contacts, signatures."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from agreements.pdf import printed
from tests.agreements.pdf.words import paragraph, paragraphs

DAY = date(2026, 3, 4)
MOMENT = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
HASH = sha256(b"text").hexdigest()
STATUS = f"Fastställd 2026-03-04, version 3 · {HASH[:8]}"
IMPRINT = printed.Imprint(
    "Lokal samverkansöverenskommelse mellan Norrviks kommun och lokalpolisområde Norrvik",
    (
        printed.PrintedParty("Norrviks kommun", "KS 2026/118", "Kommunen", "219900-1179", "Box 12, 123 45 Norrvik"),
        printed.PrintedParty(
            "Lokalpolisområde Norrvik", "A112.345/2026", "Polisen", "209900-3317", "Box 34, 123 46 Norrvik"
        ),
    ),
)
Block = dict[str, Any]


@cache
def picture(number: int = 1) -> bytes:
    """A drawn bar chart as PNG."""
    image = Image.new("RGB", (1200, 680), "white")
    draw = ImageDraw.Draw(image)
    for bar in range(8):
        height = 80 + (bar * 131 + number * 57) % 480
        draw.rectangle((90 + bar * 135, 620 - height, 180 + bar * 135, 620), fill=(27, 63 + 8 * bar, 112))
    draw.line((60, 620, 1160, 620), fill="black", width=3)
    return _png(image)


def _png(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, format="PNG")
    return file.getvalue()


def asset(key: str) -> tuple[bytes, str]:
    """The picture with that hash, as the portal's storage gives it."""
    known = {sha256(picture(number)).hexdigest(): picture(number) for number in range(1, 6)}
    return known[key], "image/png"


def block(kind: str, identifier: str, **values: Any) -> Block:
    common = {"type": kind, "id": identifier, "lang": None, "confidentiality": None, "party": None}
    return common | values


def heading(identifier: str, html: str, level: int = 1, number: str = "") -> Block:
    return block("heading", identifier, level=level, number=number, html=html, row=None)


def rich(identifier: str, html: str) -> Block:
    return block("rich_text", identifier, html=html)


def cell(html: str, *, header: bool = False, colspan: int = 1, rowspan: int = 1) -> dict[str, Any]:
    return {"html": f"<p>{html}</p>" if html else "", "header": header, "colspan": colspan, "rowspan": rowspan}


def table(identifier: str, rows: int, columns: int = 4) -> Block:
    head = [[cell(title, header=True) for title in ("Plats", "2023", "2024", "2025", "2026", "2027")[:columns]]]
    body = [
        [cell(f"Område {row + 1}", header=True), *(cell(str(40 + row * 3 + col)) for col in range(columns - 1))]
        for row in range(rows)
    ]
    return block("table", identifier, caption='Anmälda brott efter plats<sup data-ref="1"></sup>', head=head, body=body)


def figure(number: int) -> Block:
    values = {"head": [[cell("År", header=True), cell("Antal", header=True)]], "body": [[cell("2025"), cell("412")]]}
    return block(
        "figure", f"f{number}", asset=sha256(picture(number)).hexdigest(),
        alt=f"Stapeldiagram {number}: antalet anmälda brott sjunker från 2019 till 2026.",
        caption=f"Figur {number}. Anmälda brott i Norrvik 2019–2026", source="Polisen, egen bearbetning",
        table=values if number == 1 else None,
    )  # fmt: skip


def document(kind: str, title: str, blocks: list[Block], notes: int = 0) -> dict[str, Any]:
    assets = {b["asset"]: {"media_type": "image/png", "width": 1200, "height": 680} for b in blocks if "asset" in b}
    return {
        "format": 1, "kind": kind, "title": title, "subtitle": "", "language": "sv", "scope": "", "blocks": blocks,
        "notes": [paragraph(number, 2) for number in range(notes)], "assets": assets,
    }  # fmt: skip


def annex(label: str, title: str, doc: dict[str, Any], **changes: Any) -> printed.PrintedAnnex:
    number = label.removeprefix("Bilaga ") or "0"
    values: dict[str, Any] = {
        "imprint": IMPRINT, "label": label, "number": number, "title": title, "document": doc, "dated": DAY,
        "status": "Fastställd 2026-03-04, version 3", "short_hash": HASH[:8], "is_draft": False,
    }  # fmt: skip
    return printed.PrintedAnnex(**values | changes)


def agreement_text() -> dict[str, Any]:
    titles = (
        "Bakgrund", "Parter och omfattning", "Bilagor", "Tid", "Lokal samverkansorganisation",
        "Gemensam lokal lägesbild och prioriterade samverkansområden", "Uppdateringar, ändringar och tillägg",
        "Information",
    )  # fmt: skip
    blocks: list[Block] = []
    for index, title in enumerate(titles):
        blocks += [heading(f"a{index}", title), rich(f"ar{index}", paragraphs(index, 1 + index % 2))]
    listed = "".join(f"<li><p>{title}</p></li>" for title in ("Lägesbild", "Samverkansstruktur", "Åtgärdsplan"))
    blocks[5] = rich("ar2", f"<p>Dessa bilagor hör till:</p><ol>{listed}</ol>")
    closing = "<p>Överenskommelsen har upprättats i två likalydande exemplar, av vilka parterna tagit var sitt.</p>"
    return document("agreement_text", IMPRINT.agreement, [*blocks, rich("closing", closing)])


def structure() -> dict[str, Any]:
    blocks = [
        heading("o1", "Styrgrupp"), rich("or1", paragraphs(4, 2)),
        heading("o2", "Beredningsgrupp"), rich("or2", paragraphs(5, 2)),
    ]  # fmt: skip
    return document("cooperation_structure", "Samverkansstruktur", blocks)


def situational_picture() -> dict[str, Any]:
    return document("situational_picture", "Gemensam lokal lägesbild", list(_situation()), notes=12)


def _situation() -> Iterator[Block]:
    note = 0
    for section in range(1, 7):
        note += 1
        mark = f'<sup data-ref="{note + 1}"></sup>' if section % 2 else ""
        yield heading(f"s{section}", f"Avsnitt om platser och personer{mark}", 1, str(section))
        for part in range(1, 4):
            yield heading(f"s{section}.{part}", "Utvecklingen under året", 2, f"{section}.{part}")
            quote = "<blockquote><p>Jag går inte den vägen längre när det är mörkt.</p></blockquote>"
            items = "<ul><li><p>kvällar och helger</p></li><li><p>torg och resecentrum</p></li></ul>"
            extra = (quote, items, '<p>Mer finns på <a href="https://example.se/">kommunens webbplats</a>.</p>')
            yield rich(f"r{section}.{part}", paragraphs(section * part, 4) + extra[part - 1])
        if section < 6:
            yield figure(section)
    yield table("t1", 34)


def action_plan(number: int) -> dict[str, Any]:
    labels = (
        "Mål och syfte", "Löptid", "Mötesfrekvens", "Sammankallande", "Kommunens kontakt",
        "Kommunens övriga deltagare", "Kommunens åtagande", "Polisens kontakt", "Polisens övriga deltagare",
        "Polisens åtagande", "Övriga deltagare", "Finansiering", "Kommunikation", "Uppföljning",
    )  # fmt: skip
    groups = ("Bosamverkan", "Trygga torg") if number == 1 else ("Trygga torg",)
    rows = [
        {"id": f"p{index}", "label": label, "cells": [_field(index + column, number) for column in range(len(groups))]}
        for index, label in enumerate(labels)
    ]
    fields = block("field_table", "fields", header=["", *groups], rows=rows)
    return document(
        "action_plan",
        f"Åtgärdsplan {number}",
        [heading("h1", "Mål och läge"), rich("r1", paragraphs(number, 2)), fields],
    )


def _field(index: int, number: int) -> dict[str, Any]:
    is_open = index % 6 == 5
    return {"html": "<p>Bestäms senare</p>" if is_open else paragraph(index + number, 1), "open": is_open}


def communication_plan() -> dict[str, Any]:
    items = [
        {"id": f"i{n}", "html": f"Budskap {n}: vi berättar vad vi gör", "items": [
            {"id": f"i{n}.1", "html": "för boende", "items": []}
        ]}
        for n in range(1, 5)
    ]  # fmt: skip
    card = block(
        "contact_card", "card", name="", function="Kommunikatör", organisation="Norrviks kommun",
        phones=[{"label": "Telefon", "number": "+46846500407", "display": "08-465 004 07"}], email="press@example.se",
    )  # fmt: skip
    blocks: list[Block] = []
    for index in range(6):
        blocks += [heading(f"k{index}", f"Del {index + 1} av planen"), rich(f"kr{index}", paragraphs(index + 3, 2))]
    return document(
        "communication_plan", "Kommunikationsplan", [*blocks, block("item_list", "il", ordered=True, items=items), card]
    )


def contacts() -> printed.ContactSheet:
    people = (
        printed.PrintedContact(
            "Trygghetssamordnare", phones=(("Telefon", "08-465 004 11"),), email="trygghet@example.se"
        ),
        printed.PrintedContact("Kommunikatör", organisation="Kommunledningskontoret", email="press@example.se"),
    )
    police = (printed.PrintedContact("Kommunpolis", "Kim Exempel", phones=(("Mobil", "070-174 06 05"),)),)
    services = (printed.PrintedContact("Fara för liv", phones=(("", "112"),)),)
    return printed.ContactSheet(
        IMPRINT, DAY,
        (
            printed.PartyContacts("Norrviks kommun", people, "Box 12, 123 45 Norrvik"),
            printed.PartyContacts("Lokalpolisområde Norrvik", police, "Box 34, 123 46 Norrvik"),
            printed.PartyContacts("Nationella nummer", services),
        ),
    )  # fmt: skip


def scan() -> printed.AttachedFile:
    return printed.AttachedFile("overgripande-overenskommelse.pdf", sha256(b"scan").hexdigest(), date(2025, 11, 4), 12)


def agreement(**changes: Any) -> printed.PrintedAgreement:
    annexes = (
        annex("Bilaga 1", "Gemensam lokal lägesbild", situational_picture()),
        annex("Bilaga 2", "Samverkansstruktur", structure()),
        *(annex(f"Bilaga 3{letter}", f"Åtgärdsplan {letter}", action_plan(n)) for n, letter in enumerate("abcd", 1)),
        annex("Bilaga 4", "Kommunikationsplan", communication_plan(), contact_sheet=contacts()),
        annex("Bilaga 5", "Övergripande samverkansöverenskommelse", document("overarching_agreement", "Ö", []),
              attachments=(scan(),)),
    )  # fmt: skip
    values: dict[str, Any] = {
        "title": "Lokal samverkansöverenskommelse", "subtitle": "mellan Norrviks kommun och lokalpolisområde Norrvik",
        "imprint": IMPRINT, "period": "Från och med 1 mars 2026, tills vidare", "as_of": DAY,
        "status": "Gällande den 4 mars 2026",
        "text": annex("", IMPRINT.agreement, agreement_text()), "annexes": annexes, "signatures": signatures(),
        "manifest": tuple(printed.SignedText(a.label, a.title, "version 3", HASH) for a in annexes),
    }  # fmt: skip
    return printed.PrintedAgreement(**values | changes)


def signatures() -> tuple[printed.PrintedSignature, ...]:
    return (
        printed.PrintedSignature(
            "Norrviks kommun", "Alex Exempel", "Kommundirektör", "Norrviks kommun", "Norrvik den 21 februari 2026",
            "Kommunstyrelsens beslut 2026-02-10, § 14", "Undertecknad på papper; en skannad kopia finns bland filerna.",
        ),
        printed.PrintedSignature("Lokalpolisområde Norrvik", "Robin Exempel", "Tf lokalpolisområdeschef"),
    )  # fmt: skip


def decision() -> printed.PrintedDecision:
    items = tuple(
        printed.DecidedItem(
            f"Bilaga {number}", title, "version 3", HASH, DAY, f"Styrgruppen fastställer bilaga {number}."
        )
        for number, title in (("1", "Gemensam lokal lägesbild"), ("3a", "Åtgärdsplan a"))
    )
    return printed.PrintedDecision(
        IMPRINT, "Beslut 2026:4", "Lokal styrgrupp", "Vid sammanträde", DAY, items, paragraph="§ 12",
        attendance="Kommundirektör\nLokalpolisområdeschef",
        assents=(
            printed.PrintedAssent("Alex Exempel", "Kommundirektör", "Norrviks kommun", MOMENT),
        ),
        statements=(printed.PrintedStatement("Sam Exempel", "Rektor", "Avvikande mening", "Skolan hade velat vänta."),),
        corrections=(printed.PrintedCorrection("Rätt paragraf är § 12.", "Registrator", MOMENT),),
        attachments=(scan(),), note="Registrerat i efterhand.",
    )  # fmt: skip


def record(**changes: Any) -> printed.PrintedRecord:
    """The record of a decision taken in one way."""
    return printed.PrintedRecord((replace(decision(), **changes),))


def record_in_parts() -> printed.PrintedRecord:
    """The record of a matter, a part of which was decided per capsulam two weeks after the meeting."""
    ways = ("Del 1: Bilaga 1, Bilaga 3a (4 mars 2026, vid möte, § 12)", "Del 2: Bilaga 4 (18 mars 2026, per capsulam)")
    later = replace(
        decision(), items=(replace(decision().items[0], label="Bilaga 4", title="Kommunikationsplan"),),
        method="per capsulam", decided_on=date(2026, 3, 18), paragraph="", attendance="", note="",
    )  # fmt: skip
    return printed.PrintedRecord(
        (replace(decision(), way=1, ways=ways), replace(later, way=2, ways=ways)),
    )
