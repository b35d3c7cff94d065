from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.management.lookup import agreement_named, annex_named
from agreements.management.writing import write_out
from agreements.models import Agreement, Annex
from agreements.pdf.printing import agreement_pdf, annex_pdf, redline_pdf
from agreements.rights import today
from agreements.selectors.annexes import Reading, in_force_decision, of_draft, of_revision
from agreements.selectors.exports import day_to_show
from samverkan.failures import FileLost
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
        try:
            data = self.pdf(agreement, options["annex"], options["redline"])
        except FileLost as error:
            raise CommandError(
                f"Nothing was printed: a picture is gone from the storage, or is another than its hash says ({error})."
            ) from None
        if data is None:
            raise CommandError(f"{agreement.slug} has no text to print.")
        write_out(options["out"], data)

    def pdf(self, agreement: Agreement, number: str | None, versions: tuple[str, str] | None) -> bytes | None:
        """The whole agreement, an annex of it, or what changed between two versions of that; None without a text."""
        if number is None:
            shared = set(agreement.annexes.filter(draft_party=None).values_list("pk", flat=True))
            return agreement_pdf(agreement, today()) or agreement_pdf(agreement, today(), drafts=shared)
        annex = annex_named(agreement, number)
        if versions is None:
            return annex_pdf(self.current(annex))
        old, new = (self.version(annex, word) for word in versions)
        return redline_pdf(old, new)

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
            raise CommandError(f"Annex {annex.number} of {annex.agreement.slug} has no version {word!r}.")
        return of_revision(revision, today())
