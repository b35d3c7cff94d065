"""Swedish order in the database, whatever its collation: … x y z å ä ö, and é and ü with e and u."""

from django.db.models import CharField, Func


class Swedish(Func):
    """Names to order by: ``order_by(Swedish("name"))``. Capitals count as small letters.

    In ASCII, which COLLATE "C" goes by, { | } are the signs after z. The embedded PostgreSQL has no ICU, and that of
    an installation may have any collation.
    """

    template = """translate(lower(%(expressions)s), 'åäöÅÄÖéÉüÜ', '{|}{|}eeuu') COLLATE "C\""""
    output_field = CharField()
