#!/usr/bin/env python
"""Django's command line; starts the embedded PostgreSQL for the commands that need a database."""

import os
import sys

# These read no row, and should not start a server.
WITHOUT_DATABASE = {
    "makemessages",
    "compilemessages",
    "collectstatic",
    "help",
    "version",
    "--help",
    "--version",
}


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")
    if not (os.environ.get("DATABASE_URL") or os.environ.get("SAMVERKAN_DEMO")):
        # Without a database of one's own this is a developer's machine; settings refuse it in service.
        os.environ.setdefault("SAMVERKAN_DEBUG", "1")

    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- after the environment is set

    if not WITHOUT_DATABASE.intersection(arguments[1:2] or ["help"]):
        start_database(arguments[1])
    execute_from_command_line(arguments)


def start_database(command: str) -> None:
    """Start or join the embedded server, if that is the database; migrate first where ./dev asks for it."""
    from django.conf import settings  # noqa: PLC0415

    from samverkan import embedded_postgres  # noqa: PLC0415

    if settings.EMBEDDED_POSTGRES:
        try:
            embedded_postgres.join(settings.EMBEDDED_POSTGRES)
        except embedded_postgres.EmbeddedPostgresError as error:
            sys.exit(str(error))
    if os.environ.get("SAMVERKAN_MIGRATE") and command not in {"migrate", "makemigrations"}:
        migrate_what_is_missing()


def migrate_what_is_missing() -> None:
    """Bring the database up to the code, telling standard error; quick when there is nothing to do."""
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    django.setup()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(5342168)")  # one migrates, others wait; any number of our own
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=1, stdout=sys.stderr)
        cursor.execute("SELECT pg_advisory_unlock(5342168)")


if __name__ == "__main__":
    main(sys.argv)
