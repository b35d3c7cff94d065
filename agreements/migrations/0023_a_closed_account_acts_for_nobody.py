"""Whose account has been closed sits nowhere any more, so a substitute decides where the decision-maker has left."""

from importlib import import_module

from django.db import migrations

SITS = """
CREATE OR REPLACE FUNCTION samverkan_sits(
    person bigint, for_party bigint, agreement bigint, roles text[], capacities text[], on_day date
) RETURNS boolean LANGUAGE sql STABLE AS $$
    -- With a membership of that day and an account that is open now.
    SELECT EXISTS (
        SELECT 1 FROM agreements_membership m JOIN agreements_rolegroup g ON g.id = m.role_group_id
        JOIN accounts_user u ON u.id = m.user_id
        WHERE (person IS NULL OR m.user_id = person) AND u.is_active AND m.party_id = for_party
          AND g.agreement_id = agreement AND g.role = ANY (roles) AND m.capacity = ANY (capacities)
          AND m.starts_on <= on_day AND (m.ends_on IS NULL OR m.ends_on >= on_day))
$$;
"""

_BEFORE = import_module("agreements.migrations.0003_falsehoods_are_refused").FUNCTIONS
AS_IT_WAS = (
    "CREATE OR REPLACE FUNCTION samverkan_sits("
    + _BEFORE.partition("CREATE FUNCTION samverkan_sits(")[2].partition("CREATE FUNCTION")[0]
)


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0022_a_whole_agreement_ends_by_every_partys_word"),
        ("accounts", "0004_accounts_have_a_history"),
    ]

    operations = [migrations.RunSQL(SITS, AS_IT_WAS)]
