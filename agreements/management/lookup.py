"""Finding what a command line names; what is wrong is said in one line on standard error."""

from django.core.management.base import CommandError

from agreements.models import Agreement, Annex


def agreement_named(slug: str) -> Agreement:
    """The agreement whose slug it is; CommandError otherwise."""
    try:
        return Agreement.objects.get(slug=slug)
    except Agreement.DoesNotExist:
        raise CommandError(f"There is no agreement with the slug {slug!r}.") from None


def annex_named(agreement: Agreement, number: str) -> Annex:
    """The annex with that number (0: the agreement's own text); CommandError otherwise."""
    try:
        return agreement.annexes.select_related("agreement").get(number__iexact=number)
    except Annex.DoesNotExist:
        raise CommandError(f"{agreement.slug} has no annex {number!r}.") from None
