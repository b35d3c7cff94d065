from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from agreements.documents.text import to_text
from agreements.management.lookup import agreement_named, annex_named
from agreements.models import Annex
from agreements.rights import today
from agreements.selectors.annexes import in_force_decision, of_draft
from agreements.selectors.exports import annexes_to_show, day_to_show


class Command(BaseCommand):
    help = "Print the text in reading order, notes where they are referred to: in force, else the draft."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("agreement")
        parser.add_argument("--annex")
        parser.add_argument("--draft", action="store_true", help="the working text, whatever is in force")

    def handle(self, *args: Any, **options: Any) -> None:
        agreement = agreement_named(options["agreement"])
        if options["annex"] is not None:
            annex = annex_named(agreement, options["annex"])
            self.stdout.write(self.text_of(annex, draft=options["draft"], with_title=bool(annex.heading)))
            return
        day = day_to_show(agreement, today())
        for annex in annexes_to_show(agreement, day):
            if annex.draft_party_id is not None and in_force_decision(annex, day) is None:
                continue  # one party's own draft stands in no print of the whole; --annex names it
            if not annex.is_agreement_text:
                self.stdout.write(f"\n{annex}\n")
            is_shared = annex.draft_party_id is None
            self.stdout.write(self.text_of(annex, draft=options["draft"] and is_shared, with_title=False))

    def text_of(self, annex: Annex, *, draft: bool, with_title: bool) -> str:
        """The annex as plain text; ``with_title``: the title stands in the text itself and belongs to it."""
        decision = None if draft else in_force_decision(annex, day_to_show(annex, today()))
        document = decision.revision.document if decision else of_draft(annex).document
        return to_text(document, with_title=with_title, with_scope=True)
