from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from agreements.documents.word_import.gate import MAX_BYTES
from agreements.documents.word_import.reader import read_word
from agreements.documents.word_import.refusals import WordRefused
from agreements.documents.word_import.text import WordText
from agreements.management.english import in_english
from agreements.management.lookup import agreement_named, annex_named
from agreements.management.word_lines import lines
from agreements.models import Agreement, Annex
from agreements.workflow.word import Answers, has_text, placings_for, write_word
from agreements.workflow.word_agreement import kind_of, write_annex_for, write_example_agreement
from samverkan.verdict import TransitionRefused


class Command(BaseCommand):
    help = "Take a Word file into the working text of an annex, and print what was found and where it went."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a .docx of at most 20 MB")
        parser.add_argument("--agreement", required=True, help="the agreement's slug")
        parser.add_argument("--annex", required=True, help="0 for the agreement's own text, else 1, 2, 3a …")
        parser.add_argument("--create", action="store_true", help="make the agreement and the annex when missing")
        parser.add_argument("--keep-authors", action="store_true", help="keep the names of those who commented")

    def handle(self, *args: Any, **options: Any) -> None:
        word = read(options["file"])
        answers = Answers(keeps_authors=options["keep_authors"], replaces_text=True)
        try:
            with transaction.atomic():
                annex = self.annex(options, word)
                replaces = has_text(annex)
                taken = write_word(annex, word, placings_for(annex, word), by=None, answers=answers)
        except TransitionRefused as refusal:
            raise CommandError(in_english(refusal.verdict.reason)) from None
        for line in lines(taken, options["file"].name, replaces=replaces):
            self.stdout.write(line)

    def annex(self, options: dict[str, Any], word: WordText) -> Annex:
        """The annex that is named, made when it is missing and may be."""
        slug, number = options["agreement"], options["annex"].lower()
        if not options["create"]:
            return annex_named(agreement_named(slug), number)
        kind = kind_of(number)
        if kind is None:
            raise CommandError(f"{number!r} is no number of an annex. Write 0, 1, 3a …")
        agreement = Agreement.objects.filter(slug=slug).first() or made(slug, word)
        annex = agreement.annexes.select_related("agreement").filter(number=number).first()
        return annex or write_annex_for(agreement, number, kind, word)


def made(slug: str, word: WordText) -> Agreement:
    """A new agreement with that slug."""
    try:
        Agreement._meta.get_field("slug").run_validators(slug)
    except ValidationError:
        raise CommandError(f"{slug!r} is no slug of an agreement: use letters a–z, digits and hyphens.") from None
    return write_example_agreement(slug, word)


def read(path: Path) -> WordText:
    """What the file says; CommandError with one sentence when it cannot be read."""
    try:
        with path.open("rb") as file:
            return read_word(file.read(MAX_BYTES + 1))
    except WordRefused as refusal:
        raise CommandError(in_english(refusal.reason)) from None
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from None
