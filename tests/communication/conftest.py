from communication.models import Notice


def told(**about: object) -> set[str]:
    """The names of those who have been told: people and mailboxes."""
    return {notice.mailbox or notice.recipient_name for notice in Notice.objects.filter(**about)}


def titles(**about: object) -> set[str]:
    return set(Notice.objects.filter(**about).values_list("title", flat=True))
