"""A Word file as the portal takes it: parts with headings, comments, images and a report. Plain data, nothing live."""

from dataclasses import dataclass, field

from agreements.documents.word_import.report import Report


@dataclass(frozen=True, slots=True)
class WordPart:
    """One heading with what stands under it.

    ``level`` is 1–4 as in the file, 0 for the text before the first heading. ``heading`` is inline HTML without the
    number; ``typed_number`` is that number ("2.1"), and ``is_numbered_by_word`` tells that Word counted it itself.
    ``body`` is rich text in canonical form (``documents.sanitise``).
    """

    level: int
    heading: str
    body: str
    typed_number: str = ""
    is_numbered_by_word: bool = False
    is_fake_heading: bool = False


@dataclass(frozen=True, slots=True)
class WordComment:
    """A comment in the margin. ``part`` is the index of its part, ``quote`` the words it is about (may be empty)."""

    part: int
    quote: str
    text: str
    author: str
    date: str  # as the file has it, ISO 8601, often without a time zone; empty when unknown
    is_resolved: bool = False
    answers: "tuple[WordComment, ...]" = ()  # without places of their own


@dataclass(frozen=True, slots=True)
class WordImage:
    """The bytes of a picture as PNG or JPEG. ``is_placeholder``: an empty frame for one that cannot be shown."""

    data: bytes
    media_type: str
    width: int
    height: int
    description: str = ""
    is_placeholder: bool = False


@dataclass(frozen=True, slots=True)
class WordProperties:
    """Names of people that the file carries outside its text, so that a person can be asked about them."""

    author: str = ""
    last_modified_by: str = ""
    comment_authors: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class WordText:
    """Everything that was read. ``images`` are by the SHA-256 (hex) of their bytes, as figures name them."""

    title: str
    subtitle: str
    properties: WordProperties
    parts: tuple[WordPart, ...]
    comments: tuple[WordComment, ...] = ()
    images: dict[str, WordImage] = field(default_factory=dict)
    report: Report = Report()

    @property
    def has_text(self) -> bool:
        """Whether there is anything to take in: a word or a picture."""
        return bool(self.parts or self.title)
