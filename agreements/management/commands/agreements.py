from typing import Any

from django.core.management.base import BaseCommand

from agreements.models import Agreement, Decision
from agreements.rights import today
from agreements.selectors.agreements import status_of
from agreements.selectors.in_force import decisions_in_force
from agreements.states import AnnexKind


class Command(BaseCommand):
    help = "List the agreements, one line each: slug, status, title."

    def handle(self, *args: Any, **options: Any) -> None:
        day = today()
        for agreement in Agreement.objects.order_by("slug"):
            texts = list(agreement.annexes.filter(kind=AnnexKind.AGREEMENT_TEXT).values_list("pk", flat=True))
            decided = Decision.objects.filter(annex__in=texts)
            now = decisions_in_force(texts, day).first()
            status = status_of(agreement, now, decided.exists(), day)
            self.stdout.write(f"{agreement.slug}\t{status}\t{agreement.title}")
