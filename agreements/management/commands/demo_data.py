from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from agreements.management.demo.bulk import load_many
from agreements.management.demo.loading import load_once
from agreements.rights import today


class Command(BaseCommand):
    help = "Load the example once: an invented municipality and local police area with three agreements."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--agreements", type=int, default=0, help="that many more of the same shape, to measure")
        parser.add_argument("--revisions", type=int, default=3, help="decided versions of each annex of those")

    def handle(self, *args: Any, **options: Any) -> None:
        is_new = load_once(today())
        self.stdout.write("The example has been loaded." if is_new else "The example is already there.")
        if options["agreements"] > 0:
            load_many(options["agreements"], max(1, options["revisions"]), today())
            self.stdout.write(f"{options['agreements']} agreements more, for measuring.")
