"""Wagtail's comparison of two texts, to measure ours against in the same run. Runs in an environment of its own.

Reads a JSON list of pairs of HTML from standard input; writes the median milliseconds of each.
"""

import json
import statistics
import sys
import time

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
)
django.setup()

from wagtail.admin.compare import diff_text
from wagtail.utils.text import text_from_html


def milliseconds(old: str, new: str) -> float:
    begun = time.perf_counter()
    diff_text(text_from_html(old), text_from_html(new)).to_html()
    return (time.perf_counter() - begun) * 1000


def median(old: str, new: str) -> float:
    """Of five runs, or the first one alone when that takes more than a second."""
    first = milliseconds(old, new)
    return first if first > 1000 else statistics.median([first, *(milliseconds(old, new) for _ in range(4))])


def main() -> None:
    json.dump([median(old, new) for old, new in json.load(sys.stdin)], sys.stdout)


if __name__ == "__main__":
    main()
