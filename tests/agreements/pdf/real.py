"""The real Östermalm agreement, taken in from Word and made ready to print. Only where the files are."""

from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from agreements.documents.freeze import AnnexFacts, FrozenSection, freeze_sections
from agreements.documents.word_import.reader import read_word
from agreements.documents.word_import.text import WordPart, WordText
from agreements.pdf import printed

DAY = date(2020, 2, 29)
IMPRINT = printed.Imprint(
    "Lokal samverkansöverenskommelse, Östermalm",
    (
        printed.PrintedParty("Östermalms stadsdelsförvaltning", "ÖST 2020/150", "Kommunen", "219900-1179"),
        printed.PrintedParty("Lokalpolisområde Norrmalm", "A091.081/2020", "Polisen", "209900-3317"),
    ),
)
FILES = (
    ("Bilaga 1", "Gemensam lokal lägesbild", "003_1_lagesbild"),
    ("Bilaga 3a", "Åtgärdsplan: bostadsinbrott", "003_3a_atgardsplan"),
    ("Bilaga 3b", "Åtgärdsplan: unga i risk för kriminalitet", "003_3b_atgardsplan"),
    ("Bilaga 3c", "Åtgärdsplan: avgränsade platser", "003_3c_atgardsplan"),
    ("Bilaga 3d", "Åtgärdsplan: utsatta och sårbara brottsoffer", "003_3d_atgardsplan"),
    ("Bilaga 4", "Kommunikationsplan", "003_4_kommunikationsplan"),
)


@cache
def word(folder: Path, name: str) -> WordText:
    return read_word((folder / f"{name}.docx").read_bytes())


def document(text: WordText, title: str) -> dict[str, Any]:
    """The text frozen as it came, without anybody having touched it."""
    assets: Any = {key: {"media_type": image.media_type} for key, image in text.images.items()}
    facts = AnnexFacts(kind="other", title=title, assets=assets)
    return dict(freeze_sections(facts, [_section(n, part) for n, part in enumerate(text.parts)]))


def _section(number: int, part: WordPart) -> FrozenSection:
    heading = f"{part.typed_number} {part.heading}".strip()
    return FrozenSection(f"s{number}", min(3, max(1, part.level)), heading, body=part.body)


def annex(folder: Path, label: str, title: str, name: str) -> printed.PrintedAnnex:
    content = document(word(folder, name), title)
    number = label.removeprefix("Bilaga ") or "0"
    status = "Fastställd 2020-02-21, version 1"
    return printed.PrintedAnnex(
        IMPRINT, label, number, title, content, status, sha256(name.encode()).hexdigest()[:8], False, DAY
    )


def agreement(folder: Path) -> printed.PrintedAgreement:
    """The agreement's text and the six annexes that there are."""
    return printed.PrintedAgreement(
        title="Lokal samverkansöverenskommelse",
        imprint=IMPRINT,
        period="Från och med 29 februari 2020, tills vidare",
        status="Gäller",
        as_of=DAY,
        text=annex(folder, "", IMPRINT.agreement, "003_0_agreement"),
        annexes=tuple(annex(folder, *file) for file in FILES),
        signatures=tuple(printed.PrintedSignature(party.name) for party in IMPRINT.parties),
    )


def asset(folder: Path) -> Any:
    """What gives the pictures of all its files."""
    names = ("003_0_agreement", *(name for _, _, name in FILES))
    images = {key: image for name in names for key, image in word(folder, name).images.items()}
    return lambda key: (images[key].data, images[key].media_type)
