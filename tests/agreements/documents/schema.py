"""A judge of its own for rich text: reads HTML token by token and says whether it is within the schema."""

import re
import unicodedata
from html.parser import HTMLParser

PHRASING = {"strong", "em", "a", "span", "br", "sup"}
CHILDREN = {
    "": {"p", "h4", "ul", "ol", "blockquote", "table", "figure"},
    "p": PHRASING,
    "h4": PHRASING,
    "ul": {"li"},
    "ol": {"li"},
    "li": {"p", "ul", "ol"},
    "blockquote": {"p"},
    "table": {"caption", "thead", "tbody"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tr": {"th", "td"},
    "th": {"p", "ul", "ol"},
    "td": {"p", "ul", "ol"},
    "caption": PHRASING,
    "figure": {"figcaption", "table"},
    "figcaption": PHRASING,
    "a": {"strong", "em", "span", "br"},
    "span": {"strong", "em", "br"},
    "strong": {"em", "br"},
    "em": {"br"},
    "sup": set(),
}
HOLDS_TEXT = PHRASING | {"p", "h4", "caption", "figcaption"} - {"sup", "br"}
ATTRIBUTES = {
    "a": {"href"},
    "span": {"lang"},
    "sup": {"data-note"},
    "ol": {"start"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "figure": {"data-alt", "data-asset", "data-source"},
}
HREF = re.compile(r"(https?://[^\s\"<>]+|(mailto|tel):[^\s\"<>]+)$")


class Judge(HTMLParser):
    """Raises AssertionError at the first thing that rich text may not hold."""

    def __init__(self, top: set[str], *, in_note: bool = False) -> None:
        super().__init__(convert_charrefs=True)
        self.top = top
        self.in_note = in_note
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        allowed = CHILDREN[self.open[-1]] if self.open else self.top
        assert tag in allowed, f"<{tag}> in {self.open}"
        names = [name for name, _ in attrs]
        assert names == sorted(set(names)), f"{names}"
        assert set(names) <= ATTRIBUTES.get(tag, set()), f"{tag} {names}"
        self.judge_values(tag, {name: value or "" for name, value in attrs})
        if tag != "br":
            self.open.append(tag)

    def judge_values(self, tag: str, values: dict[str, str]) -> None:
        if tag == "a":
            assert HREF.match(values["href"]), values
        if tag == "span":
            assert re.fullmatch("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", values["lang"])
        if tag == "sup":
            assert not self.in_note, "a note in a note"
            judge(values["data-note"], {"p"}, in_note=True)
            assert values["data-note"].startswith("<p>")
        if tag == "figure":
            assert re.fullmatch("[0-9a-f]{64}", values["data-asset"])
            assert {"data-alt", "data-source"} <= set(values)
        for name in ("start", "colspan", "rowspan"):
            assert name not in values or re.fullmatch("[0-9]{1,4}", values[name])

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        allowed = bool(self.open) and self.open[-1] in HOLDS_TEXT
        assert allowed or (not self.open and "em" in self.top), f"{data!r} in {self.open}"

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"comment {data!r}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"declaration {decl!r}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"instruction {data!r}")


def judge(html: str, top: set[str] | None = None, *, in_note: bool = False) -> None:
    """Assert that the HTML is rich text, or (``top``) a note or inline content."""
    judge = Judge(CHILDREN[""] if top is None else top, in_note=in_note)
    judge.feed(html)
    judge.close()
    assert judge.open == []
    assert unicodedata.is_normalized("NFC", html)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u00ad\u200b\u202e\ufeff\ud800-\udfff]", html)
    html.encode()
