"""PostgreSQL 13 to 18: its system catalogue -> Snapshot, in at most ten statements whatever the number of tables."""

from onboard.catalog.engine import Engine
from onboard.catalog.engines.postgresql.address import address
from onboard.catalog.engines.postgresql.dump import read_ddl
from onboard.catalog.engines.postgresql.read import read

ENGINE = Engine(
    name="postgresql",
    schemes=("pgsql", "postgis", "postgres", "postgresql"),
    backends=(
        "django.db.backends.postgresql",
        "django.db.backends.postgresql_psycopg2",
        "django.contrib.gis.db.backends.postgis",
    ),
    address=address,
    read=read,
    ddl=read_ddl,
)
