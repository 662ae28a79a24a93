"""SQLite: pragmas and `sqlite_master` -> Snapshot, from a file opened for reading only."""

from onboard.catalog.engine import Engine
from onboard.catalog.engines.sqlite.address import address
from onboard.catalog.engines.sqlite.ddl import read_ddl
from onboard.catalog.engines.sqlite.read import read

ENGINE = Engine(
    name="sqlite",
    schemes=("spatialite", "sqlite"),
    backends=("django.db.backends.sqlite3", "django.contrib.gis.db.backends.spatialite"),
    address=address,
    read=read,
    ddl=read_ddl,
)
