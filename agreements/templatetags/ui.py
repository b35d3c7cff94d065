"""Tags of the pages' frame and of ``templates/_components``."""

import secrets
from itertools import zip_longest
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.context import Context
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agreements.models import Affiliation, Membership
from agreements.permissions import Capacity, Role
from agreements.templatetags import icons
from agreements.templatetags.editor_words import WORDS as editor_words_by_key
from agreements.templatetags.statuses import Look, look_of
from samverkan.accounts.models import User
from samverkan.demo import PASSWORD
from samverkan.periods import holds_on

register = template.Library()


class MenuItem(NamedTuple):
    """``is_current``: the page shown is one of its pages."""

    label: str
    url: str
    is_current: bool


class SignedIn(NamedTuple):
    """``roles`` and ``organisations`` are what holds today, each said once."""

    name: str
    email: str
    roles: list[str]
    organisations: list[str]

    @property
    def line(self) -> str:
        """The first role and organisation; further roles are only hinted at and stand in the panel."""
        role = self.roles[0] if self.roles else ""
        if len(self.roles) > 1:
            role = _("%(role)s and more") % {"role": role}
        return ", ".join(filter(None, [role, *self.organisations[:1]]))


@register.simple_tag
def icon(name: str, css_class: str = "icon") -> SafeString:
    """``{% icon "check" %}``: one of the portal's signs."""
    return icons.svg(name, css_class)


@register.simple_tag
def status_look(code: str) -> Look:
    """``{% status_look "in_force" as look %}`` gives look.word, look.tone and look.sign."""
    return look_of(str(code))


@register.simple_tag
def unique_id(prefix: str = "id") -> str:
    """An id for what must point at something beside it, also in a fragment that joins a page already there."""
    return f"{prefix}-{secrets.token_hex(4)}"


@register.inclusion_tag("_components/breadcrumbs.html")
def breadcrumbs(*names_and_urls: object) -> dict[str, Any]:
    """``{% breadcrumbs "Agreements" url agreement.title url "Annex 1" %}``: pairs, then the page itself."""
    return {"trail": _pairs(names_and_urls)}


@register.inclusion_tag("_components/tabs.html", takes_context=True)
def tabs(context: Context, label: str, *names_and_urls: object) -> dict[str, Any]:
    """``{% tabs "The annex" "Read" read_url "History" history_url %}``: the one whose address this is, is marked."""
    path = context["request"].path
    return {"label": label, "tabs": [(name, url, url == path) for name, url in _pairs(names_and_urls)]}


@register.simple_tag(takes_context=True)
def main_menu(context: Context) -> list[MenuItem]:
    """The main menu; the item whose pages one is on is marked."""
    request: HttpRequest | None = context.get("request")
    root = get_script_prefix()
    here = request.path if request else ""
    matters = ("arenden/", "forslag/", "beslut/", "underskrift/")
    return [
        MenuItem(_("My work"), root, here == root),
        MenuItem(
            _("Agreements"),
            f"{root}overenskommelser/",
            here.startswith(tuple(root + part for part in ("overenskommelser/", *matters))),
        ),
        MenuItem(_("Groups and contacts"), f"{root}grupper/", here.startswith(f"{root}grupper/")),
    ]


@register.simple_tag
def signed_in(user: User) -> SignedIn:
    """Who is signed in, with roles and organisations of today. Costs two queries."""
    organisations = {str(tie.organisation): None for tie in _affiliations(user)}
    held: dict[tuple[str, str], None] = {}
    for role, capacity, own, of_party in _memberships(user):
        held[role, capacity] = None
        if name := own or of_party:
            organisations[name] = None
    roles = {_role(role, capacity): None for role, capacity in held}
    if user.is_staff:
        roles[_("Administrator")] = None
    return SignedIn(str(user), user.email, list(roles), list(organisations))


@register.simple_tag
def editor_words() -> dict[str, str]:
    """The words of the editor, for ``json_script`` (templates/agreements/section/_editor_words.html)."""
    return {key: str(word) for key, word in editor_words_by_key.items()}


@register.simple_tag
def demo_accounts() -> "QuerySet[User] | list[User]":
    """The example accounts for the sign-in page: in demo mode only, otherwise none."""
    if not settings.SAMVERKAN_DEMO:
        return []
    return User.objects.filter(email__endswith="@example.se", is_active=True).order_by("pk")


@register.simple_tag
def demo_password() -> str:
    """The password of the example accounts in demo mode, else ""."""
    return PASSWORD if settings.SAMVERKAN_DEMO else ""


@register.filter
def page_numbers(page: Any) -> list[int | str]:
    """The numbers that a pagination shows around ``page`` (a Page of Django's Paginator), gaps as "…"."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


def _pairs(values: tuple[object, ...]) -> list[tuple[str, str]]:
    pairs = zip_longest(values[::2], values[1::2], fillvalue="")
    return [(str(name), str(url)) for name, url in pairs]


def _affiliations(user: User) -> "QuerySet[Affiliation]":
    return user.affiliations.filter(holds_on(timezone.localdate())).select_related("organisation")


def _memberships(user: User) -> "QuerySet[Membership, tuple[str, str, str | None, str | None]]":
    """Role, capacity, and the names of one's own organisation and of the party's: no more, on every page."""
    return (
        Membership.objects.filter(user=user)
        .on(timezone.localdate())
        .order_by("role_group__role", "pk")
        .values_list("role_group__role", "capacity", "organisation__name", "party__organisation__name")
    )


def _role(role: str, capacity: str) -> str:
    if capacity == Capacity.DECISION_MAKER:
        return _("Decision-maker")
    return capfirst(str(Role(role).label))
