"""Names come in Swedish order wherever rows are ordered by them (samverkan.swedish): nothing else knows å, ä and ö."""

import ast
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.contrib import admin
from django.db import models

from samverkan.admin_lists import SwedishListMixin
from tests.test_consistency import OURS, ROOT, our_templates

NAMES = {"name", "title", "function", "heading", "label", "email"}
"""What our code calls a name, of whatever it is."""


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in {"accounts", *OURS}]


def names_in(model: type[models.Model]) -> set[str]:
    """Every text in a row, save what is chosen among words of ours and what is made to order by."""
    fields = (field for field in model._meta.fields if isinstance(field, models.CharField | models.TextField))
    return {field.name for field in fields if not field.choices} - {"sort_key"}


def bare(model: type[models.Model], ordering: Iterable[object]) -> list[str]:
    """The names in ``ordering`` that leave the order to the database's collation."""
    return [place for place in ordering if isinstance(place, str) and _leads_to_a_name(model, place.lstrip("-"))]


def _leads_to_a_name(model: type[models.Model], place: str) -> bool:
    *path, last = place.split("__")
    for step in path:
        related = model._meta.get_field(step).related_model
        assert isinstance(related, type)
        model = related
    return last in names_in(model)


def our_code() -> Iterator[tuple[str, ast.Call]]:
    """Every call in our code, with its place."""
    for path in (path for app in OURS for path in (ROOT / app).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def ordered_by(call: ast.Call) -> set[str]:
    """The names by which a call of ``order_by``, ``sorted``, ``sort`` orders without ``Swedish``."""
    if called(call) == "order_by":
        words = {arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)}
        return {word.lstrip("-").split("__")[-1] for word in words} & NAMES
    if called(call) in {"sorted", "sort"}:
        keys = [keyword.value for keyword in call.keywords if keyword.arg == "key"]
        return {node.attr for key in keys for node in ast.walk(key) if isinstance(node, ast.Attribute)} & NAMES
    return set()


def of(source: str) -> set[str]:
    call = ast.parse(source, mode="eval").body
    assert isinstance(call, ast.Call)
    return ordered_by(call)


def test_what_is_looked_for_is_found() -> None:
    assert of("rows.order_by('agreement__title', '-pk')") == {"title"}
    assert of("rows.order_by(Swedish('name'), 'agreement', 'position')") == set()
    assert of("sorted(groups, key=lambda group: (group.kind, group.name))") == {"name"}
    assert of("sorted(groups, key=lambda group: group.position)") == set()
    user = apps.get_model("accounts", "User")
    assert bare(user, ["-name", "pk", "date_joined"]) == ["-name"]
    assert bare(apps.get_model("agreements", "Membership"), ["user__name", "capacity", "user"]) == ["user__name"]


def test_no_table_is_ordered_by_a_bare_name() -> None:
    assert {model.__name__: found for model in our_models() if (found := bare(model, model._meta.ordering or ()))} == {}


def test_no_list_of_the_administrators_is_ordered_by_a_bare_name() -> None:
    lists = [(model, shown) for model, shown in admin.site._registry.items() if model in our_models()]
    assert {model.__name__: found for model, shown in lists if (found := bare(model, shown.ordering or ()))} == {}
    assert [model.__name__ for model, shown in lists if not isinstance(shown, SwedishListMixin)] == []


def test_no_code_orders_by_a_bare_name() -> None:
    assert [f"{place}: {sorted(found)}" for place, call in our_code() if (found := ordered_by(call))] == []


def test_no_template_orders_at_all() -> None:
    assert [name for name, source in our_templates().items() if "dictsort" in source] == []
