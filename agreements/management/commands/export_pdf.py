from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.management.lookup import agreement_named, annex_named
from agreements.models import Annex
from agreements.pdf.printing import agreement_pdf, annex_pdf, redline_pdf
from agreements.rights import today
from agreements.selectors.annexes import Reading, in_force_decision, of_draft, of_revision
from agreements.selectors.exports import day_to_show
from samverkan.numbers import whole_number


class Command(BaseCommand):
    help = "Print the whole agreement, one annex, or the changes between two versions of an annex, as PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("agreement")
        parser.add_argument("--out", type=Path, required=True)
        parser.add_argument("--annex")
        parser.add_argument("--redline", nargs=2, metavar=("OLD", "NEW"), help="version numbers, or 'draft'")

    def handle(self, *args: Any, **options: Any) -> None:
        agreement = agreement_named(options["agreement"])
        if options["redline"] and options["annex"] is None:
            raise CommandError("--redline needs --annex.")
        if options["annex"] is None:
            shared = set(agreement.annexes.filter(draft_party=None).values_list("pk", flat=True))
            data = agreement_pdf(agreement, today()) or agreement_pdf(agreement, today(), drafts=shared)
        else:
            annex = annex_named(agreement, options["annex"])
            if options["redline"]:
                old, new = (self.version(annex, word) for word in options["redline"])
                data = redline_pdf(old, new)
            else:
                data = annex_pdf(self.current(annex))
        if data is None:
            raise CommandError(f"{agreement.slug} has no text to print.")
        try:
            options["out"].write_bytes(data)
        except OSError as error:
            raise CommandError(f"Cannot write {options['out']}: {error.strerror}") from None

    def current(self, annex: Annex) -> Reading:
        decision = in_force_decision(annex, day_to_show(annex, today()))
        if decision is None:
            return of_draft(annex)
        return Reading(annex, decision.revision.document, decision.revision, decision, "in_force")

    def version(self, annex: Annex, word: str) -> Reading:
        if word == "draft":
            return of_draft(annex)
        number = whole_number(word)
        revision = None if number is None else annex.revisions.filter(number=number).first()
        if revision is None:
            raise CommandError(f"{annex.label} has no version {word!r}.")
        return of_revision(revision, today())
