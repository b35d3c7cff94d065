from typing import Any

from django.core.management.base import BaseCommand

from agreements.models import Agreement
from agreements.rights import today
from agreements.selectors.agreements import with_status


class Command(BaseCommand):
    help = "List the agreements, one line each: slug, status, title."

    def handle(self, *args: Any, **options: Any) -> None:
        for agreement in with_status(Agreement.objects.order_by("slug"), today()):
            self.stdout.write(f"{agreement.slug}\t{agreement.status}\t{agreement.title}")
