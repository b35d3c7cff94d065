"""What was entered about an end comes true only while it still can, and one party alone neither disputes its own entry
nor withdraws another's."""

from importlib import import_module

from django.db import migrations

CLOSES = """
CREATE OR REPLACE FUNCTION samverkan_ending_closes_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    in_agreement bigint := samverkan_ends_in(NEW.annex_id, NEW.agreement_id);
BEGIN
    -- What was entered stays as it was entered; it is closed once, and in effect when every other party has confirmed.
    IF OLD.status <> 'entered' OR NEW.status = 'entered'
       OR (to_jsonb(NEW) - 'status' - 'closed_at' - 'closed_by_id' - 'answer')
        <> (to_jsonb(OLD) - 'status' - 'closed_at' - 'closed_by_id' - 'answer')
    THEN
        RAISE EXCEPTION 'an end is written once' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.status = 'in_effect' AND EXISTS (
        SELECT 1 FROM agreements_party p
        WHERE p.agreement_id = in_agreement AND p.id <> NEW.party_id
          AND NOT EXISTS (
            SELECT 1 FROM agreements_endingconfirmation c WHERE c.ending_id = NEW.id AND c.party_id = p.id))
    THEN
        RAISE EXCEPTION 'a party has not confirmed the end' USING ERRCODE = 'check_violation';
    END IF;
    -- Since it was entered a version may have been decided that applies longer, or be on its way, and what was to be
    -- called off may have ended.
    IF NEW.status = 'in_effect' AND (
        NOT samverkan_ending_can_be(NEW, samverkan_day(NEW.closed_at))
        OR (NEW.decision_id IS NOT NULL AND EXISTS (
            SELECT 1 FROM agreements_proposal p WHERE p.annex_id = NEW.annex_id
              AND p.status IN ('in_preparation', 'proposed', 'awaiting_signatures'))))
    THEN
        RAISE EXCEPTION 'that cannot come true any more' USING ERRCODE = 'check_violation';
    END IF;
    -- The party that entered it withdraws it, another one disputes it.
    IF NEW.status IN ('disputed', 'withdrawn') AND NOT EXISTS (
        SELECT 1 FROM agreements_party p
        WHERE p.agreement_id = in_agreement AND (p.id = NEW.party_id) = (NEW.status = 'withdrawn')
          AND samverkan_sits(NEW.closed_by_id, p.id, in_agreement, ARRAY['coordinator'],
                             ARRAY['ordinary', 'decision_maker', 'substitute', 'co_opted'],
                             samverkan_day(NEW.closed_at)))
    THEN
        RAISE EXCEPTION 'not a coordinator of that party on that day' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""

_BEFORE = import_module("agreements.migrations.0022_a_whole_agreement_ends_by_every_partys_word").FUNCTIONS
NAME = "CREATE OR REPLACE FUNCTION samverkan_ending_closes_once()"
AS_IT_WAS = NAME + _BEFORE.partition(NAME)[2].partition("CREATE OR REPLACE FUNCTION")[0]


class Migration(migrations.Migration):
    dependencies = [("agreements", "0033_a_text_aside_knows_its_sitting")]

    operations = [migrations.RunSQL(CLOSES, AS_IT_WAS)]
