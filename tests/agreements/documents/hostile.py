"""Hypothesis strategies for HTML as it comes from attackers, word processors and broken editors."""

from hypothesis import strategies as st

TAGS = (
    "p div h1 h4 ul ol li blockquote table caption thead tbody tfoot tr td th figure figcaption a span b em "
    "strong i sup sub br script style svg math template iframe textarea title select option noscript object "
    "form input button plaintext xmp foo foo-bar font center o:p body html head frameset details summary dl "
    "dt dd hr img pre code video noframes noembed mi mtext annotation-xml foreignObject desc"
).split()
ATTRIBUTES = (
    'href="javascript:alert(1)"',
    "href=' JAVA\tSCRIPT:alert(1)'",
    "href=//example.se/",
    "href='https://example.se/å?a=1&b=<2>'",
    'href="mailto:samordnare@example.se"',
    "href='http://[::1'",
    "href=data:text/html,x",
    "href=vbscript:x",
    "onclick=alert(1)",
    "onerror=alert`1`",
    "style='background:url(javascript:1)'",
    "class=x id=y",
    "lang=sv",
    "lang='EN-gb'",
    "lang='\"><script>'",
    "start=4",
    "start=-1",
    "colspan=3",
    "rowspan=2",
    "colspan=99999 rowspan=0",
    "scope=row",
    "data-asset='" + "0a" * 32 + "'",
    "data-asset=x data-alt='<img src=x onerror=alert(1)>'",
    "data-alt='En \"karta\"' data-source='Brå &amp; SCB'",
    "data-note='<p>En not <script>alert(1)</script><a href=javascript:x>länk</a></p><ul><li>två</ul>'",
    'data-note="&lt;sup data-note=&quot;inre&quot;&gt;"',
    "data-note=''",
    "src=x",
    "\"'>",
)
TEXTS = st.one_of(
    st.sampled_from(
        (
            " ",
            "\n\t",
            "Trygghet & oro",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "]]>",
            "-->",
            "\u00a0",
            "sam\u00advaka",
            "e\u0301 a\u030a",
            "\u0338",
            "=\u0338>\u0338",
            "\u202eabc\u202c",
            "\ufeff\u200b",
            "\ud800",
            "\x00\x01\x1f",
            "&#0;&#1;&#xD800;&#x202e;&#xAD;",
            "&nbsp;&zwnj;",
            "<![CDATA[x]]>",
            "<!--x--!>y",
            "<!-- <p> ",
            "<?php x ?>",
            "<!DOCTYPE x>",
            "</",
            "<",
            "&",
        )
    ),
    st.text(max_size=8),
)


def _opening(tag: str, attributes: list[str]) -> str:
    return f"<{' '.join([tag, *attributes])}>"


OPENINGS = st.builds(_opening, st.sampled_from(TAGS), st.lists(st.sampled_from(ATTRIBUTES), max_size=2))
CLOSINGS = st.sampled_from(TAGS).map(lambda tag: f"</{tag}>")
HTML = st.lists(st.one_of(OPENINGS, CLOSINGS, TEXTS), max_size=25).map("".join)

# Well-nested HTML in which every word is told from every other. Scripts and styles are no words; in a raw
# text element or a select the inner tags are text or nothing, so they are left to HTML above.
_WORDY = tuple(
    tag
    for tag in TAGS
    if tag
    not in (
        "script style plaintext html head body frameset select option textarea title iframe noscript "
        "noframes noembed xmp br hr img input table caption thead tbody tfoot tr td th"
    ).split()
)
WORDS = st.integers(0, 10**6).map(lambda number: f" w{number} ")


def _element(tag: str, inner: list[str]) -> str:
    return f"<{tag}>{''.join(inner)}</{tag}>"


def _table(rows: list[list[str]]) -> str:
    written = (_element("tr", [_element("td", [cell]) for cell in row]) for row in rows)
    return f"<table>{''.join(written)}</table>"


WORDY_HTML = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.builds(_element, st.sampled_from(_WORDY), st.lists(inner, min_size=1, max_size=4)),
        st.lists(st.lists(inner, min_size=1, max_size=3), min_size=1, max_size=3).map(_table),
    ),
    max_leaves=20,
)
