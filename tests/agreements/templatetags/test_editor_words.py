"""The scripts and the server agree on the editor's words."""

import json
import re
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from agreements.templatetags.editor_words import WORDS

SOURCES = [Path(settings.BASE_DIR, "static", "js", part) for part in ("editor", "form")]
USED = re.compile(r'\bword\("(\w+)"|\bkey: "(\w+)"|command\("(\w+)"|toggle\("(\w+)"')


def used() -> set[str]:
    found = set()
    for source in (script for folder in SOURCES for script in folder.glob("*.js")):
        text = source.read_text()
        found |= {key for keys in USED.findall(text) for key in keys if key}
        found |= {key for pair in re.findall(r'word\(\w+(?:\.\w+)* \? "(\w+)" : "(\w+)"', text) for key in pair}
    return found


def test_every_word_that_a_script_asks_for_is_there_and_none_is_left_over() -> None:
    assert used() == set(WORDS)


def test_the_page_carries_the_words_in_swedish() -> None:
    html = render_to_string("agreements/section/_editor_words.html")
    words = json.loads(re.sub(r"^.*?<script[^>]*>|</script>.*$", "", html, flags=re.DOTALL))
    assert words["saved"] == "Sparat %(time)s"
    assert words["unreachable"] == "Ingen förbindelse – texten finns kvar här"
    assert set(words) == set(WORDS)
