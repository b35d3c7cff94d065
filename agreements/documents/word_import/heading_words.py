"""Headings compared by what they say: case, numbers, colons, small words and common synonyms do not matter.

The words are those of the real documents (R1, R17-R40, R52, R97) and of the portal's own templates.
"""

from __future__ import annotations

import re

from agreements.documents.word_import.heading_numbers import NUMBER
from agreements.documents.word_import.tally import NOTE, TAG, plain_words

SMALL = frozenset("och den det de en ett vår vårt våra i för om på av till med vid ska kan vara".split())
EXACT, SAME_WORDS, SYNONYM, NOTHING = 3, 2, 1, 0
# Each line is one thing that plans call by several names; whole headings, as patterns.
SYNONYMS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(vårt |våra |gemensamma |övergripande )?(huvud)?budskap(et|en)?",
        r"(kommunikationsmål|mål( för)? kommunikationen( ska)?|mål)( och målgrupper| målgrupper)?",
        r"syfte(t)?( med (kommunikations|åtgärds)?planen| med överenskommelsen)?",
        r"(bakgrund|bakgrund och syfte|syfte och bakgrund|utgångspunkter)",
        r"(så här arbetar vi( tillsammans)?|hur ska vi (jobba|arbeta) tillsammans|hur vi arbetar|arbetssätt)",
        r"(kommunikations)?strategi(n ska)?( hur når vi målen)?|hur når vi målen",
        r"(talespersoner( och kontaktpersoner)?|kontakt(personer|uppgifter|er)?)",
        r"(mätning|uppföljning|utvärdering)( och (utvärdering|uppföljning))?",
        r"(kommunikations)?kanaler(na)?( för kommunikationen( kan vara)?)?",
        r"(ansvar och roller|roller och ansvar|ansvarsfördelning)( i kommunikationsarbetet)?",
        r"checklista( (vid|för|inför) .*)?",
        r"(kommunikativa )?utmaningar|risker och möjligheter",
        r"prioriterade (samverkans|fokus|insats)?områden|(samverkans|fokus)områden",
        r"(mål|prim(ä|a)ra )?målgrupper(na)?",
        r"gemensamma (principer|grundsatser)|principer|grundprinciper",
        r"aktivitetsplan(en)?|aktiviteter|årshjul",
        r"intern(t|a)?( kommunikation)?",
        r"extern(t|a)?( kommunikation)?",
        r"(den )?(lokala? )?styrgrupp(en)?",
        r"(den )?(lokala? )?beredningsgrupp(en)?",
        r"(de )?(lokala? )?arbetsgrupp(er|erna)?",
        r"(lokal )?samverkans(organisation|struktur)(en)?|organisation",
        r"(avtals|giltighets)?tid(en)?|giltighet|löptid|överenskommelsens giltighet(stid)?",
        r"uppdateringar ändringar och tillägg|ändringar och tillägg|revidering(ar)?",
        r"parter(na)?( och .*omfattning)?",
        r"metod( och källor)?|källor( och metod)?|tillvägagångssätt",
        r"beskrivning av .*|områdesbeskrivning",
        r"lokalpolisområde(t)?( \w+)?",
        r"([\w ]+ )?stadsdelsområde(t)?|området och dess delar|kommundelen",
        r"befolkning(en|sfakta)?|invånarna",
        r"brottsutveckling(en)?|brottslighet(en)?( i stort)?",
        r"(medborgarnas|invånarnas) upplevelse av trygghet|upplevd (o)?trygghet|tryggheten?",
        r"(gemensam )?(lokal )?lägesbild( och prioriterade samverkansområden)?",
        r"underskrifter|exemplar och underskrifter|undertecknande",
        r"information(sutbyte)?( och sekretess)?",
        r"finansiering|ekonomi|kostnader",
        r"inledning|introduktion",
        r"definitioner|begrepp|ordlista",
    )
)


def plain_heading(html: str) -> str:
    """The words of a heading without its number, notes, parentheses and signs, in small letters."""
    text = plain_words(TAG.sub("", NOTE.sub("", html)))
    number = NUMBER.match(text)
    text = re.sub(r"\([^()]*\)", " ", text[number.end() :] if number else text)
    return " ".join(re.sub(r"[^\w\s]", " ", text).casefold().split())


def likeness(one: str, other: str) -> int:
    """How much two plain headings say the same: EXACT, SAME_WORDS (in any order), SYNONYM or NOTHING."""
    if not one or not other:
        return NOTHING
    if one == other:
        return EXACT
    if set(one.split()) - SMALL == set(other.split()) - SMALL:
        return SAME_WORDS
    is_synonym = any(pattern.fullmatch(one) and pattern.fullmatch(other) for pattern in SYNONYMS)
    return SYNONYM if is_synonym else NOTHING
