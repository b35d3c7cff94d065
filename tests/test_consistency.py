"""Keeps house: what lies about unused, what is named otherwise, what does not belong in the tree."""

import ast
import re
import subprocess
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import django
import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models
from django.template import engines
from django.template.exceptions import TemplateDoesNotExist
from django.utils.translation import override

from agreements.permissions import Role

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
OURS = ("samverkan", "agreements", "communication")
MADE_HERE = {".venv", "node_modules", "var", "__pycache__", "dist", ".git"}


def tree() -> list[Path]:
    """Every file of the repository; without git, every file that no program has made."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True
        )
        if listed.returncode == 0:
            return [path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and not MADE_HERE & set(path.relative_to(ROOT).parts)]


# Templates


def our_templates() -> dict[str, str]:
    """Name → source."""
    files = [path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt"}]
    return {path.relative_to(TEMPLATES).as_posix(): path.read_text() for path in files}


def named_in_code() -> set[str]:
    """Every string in our code that may be a template's name; ``f"emails/{occasion}.txt"`` names all that fit."""
    names: set[str] = set()
    for path in (path for app in OURS for path in (ROOT / app).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                names.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                pattern = "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else ".+" for p in node.values)
                names |= {name for name in our_templates() if "/" in pattern and re.fullmatch(pattern, name)}
    return names


def takes_the_place_of_anothers(name: str) -> bool:
    """A package has a template of that name, and renders it."""
    folders = [Path(django.__file__).parent / "forms" / "templates"]
    folders += [Path(app.path) / "templates" for app in apps.get_app_configs() if ROOT / "templates" != Path(app.path)]
    return any((folder / name).exists() for folder in folders)


def test_every_template_is_rendered_or_included() -> None:
    sources = our_templates()
    roots = named_in_code()
    waiting = [name for name in sources if name in roots or takes_the_place_of_anothers(name)]
    reached = set(waiting)
    while waiting:
        mentioned = {name for name in sources if re.search(rf"[\"']{re.escape(name)}[\"']", sources[waiting[-1]])}
        waiting.pop()
        waiting += mentioned - reached
        reached |= mentioned

    assert sorted(set(sources) - reached) == []


def test_every_template_that_is_named_exists() -> None:
    mentioned = {
        (name, found)
        for name, source in our_templates().items()
        for found in re.findall(r"{%\s*(?:include|extends)\s+[\"']([^\"'#]+)[\"']", source)
    }

    assert len(mentioned) > 100
    assert sorted(pair for pair in mentioned if not exists(pair[1])) == []


def exists(name: str) -> bool:
    try:
        engines["django"].get_template(name)
    except TemplateDoesNotExist:
        return False
    return True


INLINE = {
    "a style attribute": r"<[a-z][^>]*\sstyle\s*=",
    "a script in the page": r"<script(?![^>]*\ssrc=)",
    "a handler in an attribute": r"<[a-z][^>]*\son[a-z]+\s*=",
    "an address that is a script": r"javascript:",
    "styles in the page": r"<style",
}


@pytest.mark.parametrize("what", INLINE)
def test_no_template_holds(what: str) -> None:
    found = {name for name, source in our_templates().items() if re.search(INLINE[what], source, re.IGNORECASE)}

    assert found == set()


# Names


def our_names() -> Iterator[tuple[str, str]]:
    """(place, verbose name) of each of our models and fields, but for the tables that history makes."""
    for model in apps.get_models():
        if model._meta.app_config.name.split(".")[0] in OURS and not model.__name__.startswith("Historical"):
            yield f"{model.__name__}", str(model._meta.verbose_name)
            yield f"{model.__name__} (plural)", str(model._meta.verbose_name_plural)
            for field in model._meta.get_fields():
                if isinstance(field, models.Field):
                    yield f"{model.__name__}.{field.name}", str(field.verbose_name)


@pytest.mark.parametrize("language", ["en", "sv"])
def test_verbose_names_begin_with_a_small_letter(language: str) -> None:
    """They stand inside sentences; what begins one makes its first letter large itself."""
    with override(language):
        found = list(our_names())

    assert len(found) > 200
    assert [(place, name) for place, name in found if name[:1].isupper() and not name[:2].isupper()] == []


# README


def test_the_picture_of_the_states_in_the_readme_is_the_one_that_the_code_draws() -> None:
    """Put right by: ./dev manage workflow_diagram, and its answer between the marks."""
    drawn = StringIO()
    call_command("workflow_diagram", stdout=drawn)
    readme = (ROOT / "README.md").read_text()
    shown = re.search(r"<!-- states: .*? -->\n+```mermaid\n(.*?)```\n+<!-- /states -->", readme, re.DOTALL)

    assert shown is not None
    assert shown[1].strip() == drawn.getvalue().strip()


def test_the_readme_says_what_each_role_may() -> None:
    section = (ROOT / "README.md").read_text().partition("## Who may do what")[2].partition("\n## ")[0]
    named = re.findall(r"^\| ([^|]+) \|", section, re.MULTILINE)[1:]  # the first is the column's heading
    with override("en"):
        assert named == [*(str(role.label) for role in Role), "administrator"]


# What does not belong in the tree

FOREIGN = {
    ".woff", ".woff2", ".ttf", ".otf", ".eot", ".map", ".jar", ".exe", ".so", ".whl", ".zip", ".gz", ".png", ".jpg",
    ".jpeg", ".gif", ".ico", ".webp", ".pdf", ".docx", ".icc",
}  # fmt: skip
LICENCE = re.compile(r"@license|@preserve|copyright \(c\)|©|SPDX-License", re.IGNORECASE)


def test_no_file_of_others_lies_in_the_tree() -> None:
    """Scripts, styles, fonts and pictures of others come from npm, PyPI or Debian at pinned versions."""
    files = tree()
    shipped = [path for path in files if path.suffix in {".js", ".css", ".html"}]

    assert len(shipped) > 100
    assert [str(path) for path in files if path.suffix.lower() in FOREIGN or ".min." in path.name] == []
    assert [str(path) for path in shipped if LICENCE.search(path.read_text())] == []
    packed = [path for path in shipped if path.suffix != ".html" and max(map(len, path.read_text().splitlines())) > 500]
    assert [str(path) for path in packed] == []


# Invented people

PHONE = re.compile(
    r"(?<![\w.,/:#-])(?:(?:\+|00)46(?:[ -]?\d){7,10}|07\d-?\d{7}|0\d{1,3}[- ]\d{2,3}(?: \d{2,4}){1,3})(?![\w/-])(?! \d)"
)
INVENTED = re.compile(r"08465004\d\d|0701740(?:60[5-9]|6[1-9]\d)")
OF_AUTHORITIES = re.compile(r"010|020|077\d")
"""Prefixes of switchboards and services, which no person has: near misses of the checker."""
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)


def with_people() -> list[Path]:
    """Files with people in them: the example, templates, tests, and what tells how to use it."""
    folders = ("agreements/example", "agreements/annex_templates", "templates", "tests")
    return [
        path
        for path in tree()
        if path.suffix in {".py", ".toml", ".html", ".txt", ".md", ".po"}
        and (str(path.relative_to(ROOT)).startswith(folders) or path.parent == ROOT or path.suffix == ".po")
    ]


def people_in(path: Path) -> str:
    """The file's text; of a catalogue what is translated, without the head that gettext writes."""
    if path.suffix == ".po":
        return "\n".join(entry.msgstr for entry in polib.pofile(str(path)))
    return path.read_text()


def test_all_mail_goes_to_nobody() -> None:
    found = {
        (str(path.relative_to(ROOT)), address)
        for path in with_people()
        for address in MAIL.findall(people_in(path))
        if not address.lower().endswith(("example.se", ".example.se"))
    }

    assert found == set()


def test_all_phones_are_from_the_ranges_for_fiction() -> None:
    """08-465 004 00–99 and 070-174 06 05–99, which Post- och telestyrelsen keeps for books and films."""
    found = {
        (str(path.relative_to(ROOT)), shown)
        for path in with_people()
        for shown in PHONE.findall(people_in(path))
        if len(number := national(shown)) > 8 and not (INVENTED.fullmatch(number) or OF_AUTHORITIES.match(number))
    }

    assert found == set()


def national(shown: str) -> str:
    """The digits, with the prefix of the country as a zero."""
    return re.sub(r"^(?:\+|00)46", "0", re.sub(r"[ -]", "", shown))


@pytest.mark.parametrize(
    "shown", ["08-46# 005 00", "070-174 #6 05.", "0701740#04", "+46 70 1#4 06 05", "0046 8 46# 003 99"]
)
def test_a_phone_of_somebody_would_be_found(shown: str) -> None:
    found = PHONE.findall(f"Ring {shown.replace('#', '5')}")

    assert [bool(INVENTED.fullmatch(national(number))) for number in found] == [False]


# Words


def hidden_words(source: str) -> list[str]:
    """Translated words inside an f-string, which makemessages does not find."""
    joined = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr)]
    calls = [node for string in joined for node in ast.walk(string) if isinstance(node, ast.Call)]
    return [ast.unparse(call) for call in calls if isinstance(call.func, ast.Name) and call.func.id in TRANSLATORS]


TRANSLATORS = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext", "pgettext_lazy"}


SAID_OTHERWISE = re.compile(r"ifrågas[aä]tt|bestridet|\bnotera|beslutsfattare|bilagans slut", re.IGNORECASE)
"""The catalogue says bestrida, anteckna, beslutfattare and upphörande for these."""


def test_one_thing_has_one_word() -> None:
    catalogue = ROOT / "samverkan/locale/sv/LC_MESSAGES/django.po"

    assert [said for said in people_in(catalogue).splitlines() if SAID_OTHERWISE.search(said)] == []
    assert SAID_OTHERWISE.search("Infört beslut ifrågasatt")


def test_words_in_an_f_string_are_seen() -> None:
    assert hidden_words("f\"{title} {_('Gone.')}\"") == ["_('Gone.')"]
    assert hidden_words("gone = _('Gone.')\nf'{title} {gone}'") == []


def test_no_words_to_translate_stand_inside_an_f_string() -> None:
    sources = [path for path in tree() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in OURS]
    found = {str(path): hidden_words(path.read_text("utf-8")) for path in sources}
    assert {path: words for path, words in found.items() if words} == {}
