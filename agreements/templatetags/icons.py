"""The portal's own signs: drawn on 24 x 24, one stroke, in the colour of the text around them."""

from types import MappingProxyType
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString

PATHS: Final = MappingProxyType(
    {
        "archive": "M3 5h18v4H3zM5 9v10h14V9M10 13h4",
        "calendar": "M4 6h16v14H4zM4 10h16M8 3v5m8-5v5",
        "check": "m5 12.5 4.5 4.5L19 7",
        "check-circle": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18m-4 9.3 2.8 2.7L16 9.5",
        "chevron-down": "m6 9 6 6 6-6",
        "circle": "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16",
        "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18m0 4.5V12l3.2 2",
        "comment": "M4 5h16v11h-9l-4 4v-4H4z",
        "compare": "M8 4v13m0 0-3.5-3.5M8 17l3.5-3.5M16 20V7m0 0-3.5 3.5M16 7l3.5 3.5",
        "cross-circle": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18m-3 6 6 6m0-6-6 6",
        "document": "M6 3h8l4 4v14H6zm8 0v4h4M9 12h6m-6 4h6",
        "download": "M12 4v11m0 0-4-4m4 4 4-4M5 20h14",
        "eye": ("M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6"),
        "filter": "M4 6h16M7 12h10m-7 6h4",
        "group": (
            "M9 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6m-6 14c0-3 2.5-5 6-5s6 2 6 5m1-13.5a3 3 0 0 1 0 5.5m2 3.5c2 .7 3 2.4 3 4.5"
        ),
        "history": "M4 12a8 8 0 1 0 2.5-5.8M4 4v4.5h4.5M12 8v4.5l3 1.8",
        "hourglass": "M7 3h10M7 21h10M8 3v4l4 5-4 5v4m8-18v4l-4 5 4 5v4",
        "info": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18m0 8v5.5M12 7.5v.2",
        "lock": "M6 11h12v9H6zm2.5 0V8a3.5 3.5 0 0 1 7 0v3",
        "mail": "M3 6h18v12H3zm0 1 9 6 9-6",
        "menu": "M4 7h16M4 12h16M4 17h16",
        "minus": "M5 12h14",
        "move": "M12 4v16m0-16L8.5 7.5M12 4l3.5 3.5M12 20l-3.5-3.5M12 20l3.5-3.5",
        "pen": "m4 20 1-4L16.5 4.5l3 3L8 19zM14.5 6.5l3 3",
        "people": (
            "M8.5 4.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6m7 0a3 3 0 1 0 0 6 3 3 0 0 0 0-6"
            "M3 19c0-3 2-5 5.5-5S14 16 14 19m2-5c3 0 5 2 5 5"
        ),
        "person": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4.5 20c.4-3.6 3.3-6 7.5-6s7.1 2.4 7.5 6",
        "phone": (
            "M6 3.5h3l1.5 4.5-2 1.5a11 11 0 0 0 5 5l1.5-2 4.5 1.5v3c0 2-1.5 3-3 3C9 19.5 4.5 15 4 7c0-1.5.5-3.5 2-3.5"
        ),
        "plus": "M12 5v14M5 12h14",
        "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
        "question": (
            "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18m-2.5 6.8c0-1.6 1.1-2.6 2.6-2.6s2.5 1 2.5 2.3c0 2-2.5 2-2.5 4.2m0 3v.2"
        ),
        "replaced": "M5 5h9v11H5zM10 19h9V8",
        "return": "M9 14 4.5 9.5 9 5m-4.5 4.5H14a5 5 0 0 1 0 10h-3",
        "search": "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14m5.2 12.2L20.5 20.5",
        "shared": (
            "M6 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5"
            "M17 4a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5m0 11a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5"
            "M8.2 10.8l6.6-3.2m-6.6 5.6 6.6 3.2"
        ),
        "signature": "M3 20h18M4 16c4 0 6-12 9-12 2 0 1 5-2 8-2 2-4 3-4 1s6-4 8-2-1 4 1 4 3-1 4-2",
        "stop": "M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3zM8 12h8",
        "undo": "M9 14 4.5 9.5 9 5m-4.5 4.5H14a5 5 0 0 1 0 10h-2",
        "upload": "M12 16V5m0 0L8 9m4-4 4 4M5 20h14",
        "vacant": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4.5 20c.4-3.6 3.3-6 7.5-6m4 3h6",
        "warning": "M12 4 2.5 20h19zm0 6v5m0 2.5v.2",
    }
)


def svg(name: str, css_class: str = "icon") -> SafeString:
    """The sign as inline SVG, hidden from screen readers: the word stands beside it. KeyError if unknown."""
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>',
        css_class,
        PATHS[name],
    )
