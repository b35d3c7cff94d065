"""axe-core in a page, past the page's own policy."""

import json
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page

SOURCE = Path(settings.BASE_DIR, "node_modules", "axe-core", "axe.min.js")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """axe.run(document, {runOnly: %s}).then((found) => JSON.stringify(found.violations.map(
  (rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(" ")).join(", ")}`)))"""


def violations(page: Page) -> list[str]:
    """What axe finds, one line per rule with the places. Run through the debugger, which the policy does not bind."""
    debugger = page.context.new_cdp_session(page)
    debugger.send("Runtime.evaluate", {"expression": SOURCE.read_text() + ";0"})
    answer = debugger.send(
        "Runtime.evaluate", {"expression": RUN % json.dumps(TAGS), "awaitPromise": True, "returnByValue": True}
    )
    found: list[str] = json.loads(answer["result"]["value"])
    return found


def overflow(page: Page) -> int:
    """How many pixels of the page stick out to the right."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
