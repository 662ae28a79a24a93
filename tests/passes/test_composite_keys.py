"""Foreign keys of several columns: the accessor fetches the row that the database means, or none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from onboard.project.models_files import model_modules
from tests.conftest import NewDatabase
from tests.passes.project import STATE, app_of, ask, catalog_of, decisions_of, write_app

pytestmark = pytest.mark.needs_postgresql  # Django itself refuses older servers

SCHEMA = (
    "create table tenant (id integer primary key)",
    "create table account (tenant_id integer references tenant, number integer, code text not null, "
    "parent_number integer, primary key (tenant_id, number), unique (code, tenant_id), "
    "foreign key (tenant_id, parent_number) references account)",
    "create table entry (id integer primary key, tenant_id integer references tenant, account_number integer, "
    "code text, foreign key (tenant_id, account_number) references account on delete cascade, "
    "foreign key (code, tenant_id) references account (code, tenant_id))",
    "insert into tenant values (1), (2)",
    "insert into account values (1, 10, 'a', null), (1, 11, 'b', 10), (2, 10, 'a', null)",
    "insert into entry values (1, 1, 11, 'a'), (2, 2, 10, null), (3, 2, null, 'a'), (4, null, 7, 'x')",
)
USE = """
Account, Entry = apps.get_model("legacy", "Account"), apps.get_model("legacy", "Entry")
names = sorted(name for name, value in vars(Entry).items() if isinstance(value, property) and name != "pk")
found = [
    [getattr(entry, name) and list(getattr(entry, name).pk) for name in names] for entry in Entry.objects.order_by("id")
]
[name] = [name for name, value in vars(Account).items() if isinstance(value, property) and name != "pk"]
parents = [getattr(account, name) and list(getattr(account, name).pk) for account in Account.objects.order_by("pk")]
entry = Entry.objects.get(pk=3)
entry.account_number = 10
entry.save()
moved = [getattr(Entry.objects.get(pk=3), name) and list(getattr(Entry.objects.get(pk=3), name).pk) for name in names]
with connection.execute_wrapper(lambda *given: (_ for _ in ()).throw(AssertionError("asked"))):
    nothing = [getattr(Entry(), name) for name in names]
tell({"names": names, "found": found, "parents": parents, "moved": moved, "nothing": nothing})
"""


@pytest.fixture
def database(new_database: NewDatabase) -> str:
    return new_database(*SCHEMA)


def test_fetches_the_row_that_all_columns_together_refer_to(database: str, tmp_path: Path) -> None:
    write_app(app_of(catalog_of(database)), tmp_path)
    assert ask(tmp_path, database, STATE) == {"checks": [], "changes": []}
    assert ask(tmp_path, database, USE) == {
        "names": ["account", "code_account"],
        "found": [[[1, 11], [1, 10]], [[2, 10], None], [None, [2, 10]], [None, None]],
        "parents": [None, [1, 10], None],
        "moved": [[2, 10], [2, 10]],
        "nothing": [None, None],
    }


def test_says_which_model_it_fetches_in_one_file_and_in_modules(database: str, tmp_path: Path) -> None:
    catalog = catalog_of(database)
    decided = decisions_of(catalog)
    app = app_of(catalog, decided)
    entry = next(model for model in app.models if model.name == "Entry")
    assert "-> 'Account | None':" in entry.text
    for file in model_modules(app, decided):
        path = tmp_path / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(file.text))
    assert "if TYPE_CHECKING:" in (tmp_path / "legacy/models/entry.py").read_text()
    assert "TYPE_CHECKING" not in (tmp_path / "legacy/models/account.py").read_text()
    checked = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "F", str(tmp_path)]
    assert subprocess.run(checked, capture_output=True, text=True, check=False).stdout.strip() == "All checks passed!"
