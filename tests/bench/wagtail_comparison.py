"""Wagtail's comparison of two texts, to measure ours against in the same run. Runs in an environment of its own.

Reads JSON, a line each: first the pairs, each text a list of (id, HTML) of its sections; then, as often as
wanted, the number of a pair. Answers the latter with the milliseconds of processor time that comparing took.
"""

import json
import sys
import time
from typing import Any

import django
from django.conf import settings

settings.configure(
    USE_TZ=True,
    STATIC_URL="static/",
    WAGTAIL_SITE_NAME="bench",
    WAGTAILADMIN_BASE_URL="http://localhost",
    INSTALLED_APPS=[
        *("django.contrib.contenttypes", "django.contrib.auth", "taggit"),
        *("wagtail", "wagtail.admin", "wagtail.documents", "wagtail.images", "wagtail.users"),
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
)
django.setup()

from wagtail import blocks
from wagtail.admin.compare import StreamBlockComparison


def value(block: Any, sections: list[tuple[str, str]]) -> Any:
    return block.to_python([{"type": "section", "id": id_, "value": html} for id_, html in sections])


def milliseconds(block: Any, old: Any, new: Any) -> float:
    """What ``StreamFieldComparison`` does for a page that has blocks with ids."""
    begun = time.process_time()
    StreamBlockComparison(block, True, True, old, new).htmldiff()
    return (time.process_time() - begun) * 1000


def answer(found: object) -> None:
    sys.stdout.write(f"{json.dumps(found)}\n")
    sys.stdout.flush()


def main() -> None:
    block = blocks.StreamBlock([("section", blocks.RichTextBlock())])
    pairs = [(value(block, old), value(block, new)) for old, new in json.loads(sys.stdin.readline())]
    answer(len(pairs))
    for line in sys.stdin:
        answer(milliseconds(block, *pairs[int(line)]))


if __name__ == "__main__":
    main()
