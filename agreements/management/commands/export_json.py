from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from agreements.documents.canonical import canonical_json
from agreements.management.lookup import agreement_named, annex_named
from agreements.management.writing import write_out
from agreements.rights import today
from agreements.selectors.exports import agreement_export, annex_export, versions_export


class Command(BaseCommand):
    help = "Export the frozen documents as canonical JSON with their hashes: in force, else a preview, marked so."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("agreement")
        parser.add_argument("--annex")
        parser.add_argument("--out", type=Path)
        parser.add_argument("--history", action="store_true", help="every version, not only the one in force")

    def handle(self, *args: Any, **options: Any) -> None:
        agreement = agreement_named(options["agreement"])
        if options["annex"] is None:
            facts = agreement_export(agreement, today(), previews=True, with_history=options["history"])
        else:
            annex = annex_named(agreement, options["annex"])
            facts = annex_export(annex, today())
            if options["history"]:
                facts["versions"] = versions_export(annex.revisions.all())
        text = canonical_json(facts) + "\n"
        if options["out"] is None:
            self.stdout.write(text, ending="")
            return
        write_out(options["out"], text.encode())
