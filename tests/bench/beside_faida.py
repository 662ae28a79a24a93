"""Times the exact proof of all foreign keys of TPC-H beside Desbordante's Faida, on the same rows, A B A B.

Not a test: it needs a PostgreSQL, an empty database there, and two tools from PyPI in a virtual environment:

    python -m venv tools && tools/bin/pip install tpchgen-cli desbordante
    python tests/bench/beside_faida.py --tools tools --work rows --dsn postgresql://postgres@127.0.0.1/bench

What the times contain. Ours: from connecting, over reading the catalogue, statistics and rows, to proposals, with the
primary keys, which nothing declares either; not the start of Python. Faida: reading the CSV files and finding the
inclusions among them; not the start of Python, and not writing the CSV files, which a user with a database would have
to do first. Both run alone, one after the other; the last line is the median of the ratios pair by pair.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

_NUMBERS = {"size": "integer", "availqty": "integer", "linenumber": "integer", "shippriority": "integer"}
_AMOUNTS = ("retailprice", "acctbal", "supplycost", "totalprice", "quantity", "extendedprice", "discount", "tax")
_TABLES = ("region", "nation", "part", "supplier", "partsupp", "customer", "orders", "lineitem")
_FAIDA = Path(__file__).resolve().with_name("run_faida.py")
_REFERENCES = (  # of the specification; that single columns of the last one refer to parts and suppliers follows
    "nation(n_regionkey) region(r_regionkey)",
    "supplier(s_nationkey) nation(n_nationkey)",
    "customer(c_nationkey) nation(n_nationkey)",
    "partsupp(ps_partkey) part(p_partkey)",
    "partsupp(ps_suppkey) supplier(s_suppkey)",
    "orders(o_custkey) customer(c_custkey)",
    "lineitem(l_orderkey) orders(o_orderkey)",
    "lineitem(l_partkey,l_suppkey) partsupp(ps_partkey,ps_suppkey)",
)


def main() -> None:
    """Generate rows and load them where that has not been done, then run both in turns."""
    options = _options()
    if options.child:
        _ours(options.dsn)
        return
    rows = _generated(options.tools, options.work, options.scale).resolve()
    _load(options.dsn, rows)
    ratios = []
    for _ in range(options.pairs):
        ours = _run([sys.executable, str(Path(__file__).resolve()), "--child", "--dsn", options.dsn], rows)
        files = [str(rows / f"{table}.csv") for table in _TABLES]
        faida = _run([str(options.tools.absolute() / "bin/python"), str(_FAIDA), *files], rows)
        ratios.append(faida["seconds"] / ours["seconds"])
        sys.stdout.write(
            f"ours {ours['seconds']:.1f} s, {ours['proved']:.0f} of {len(_REFERENCES)} references of the specification"
            f" proved over every row; Faida {faida['seconds']:.1f} s, {faida['found']:.0f} inclusions;"
            f" ratio {ratios[-1]:.2f}\n"
        )
        sys.stdout.flush()
    sys.stdout.write(f"median ratio {statistics.median(ratios):.2f}\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time the proof of foreign keys beside Faida.")
    parser.add_argument("--tools", type=Path, help="virtual environment with tpchgen-cli and desbordante")
    parser.add_argument("--work", type=Path, help="folder for the CSV files")
    parser.add_argument("--dsn", help="an empty PostgreSQL database, or the one an earlier run has filled")
    parser.add_argument("--scale", default="1")
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _generated(tools: Path, work: Path, scale: str) -> Path:
    folder = work / f"scale-{scale}"
    if not folder.exists():
        folder.mkdir(parents=True)
        subprocess.run([tools / "bin/tpchgen-cli", "csv", "-s", scale, f"--output-dir={folder}"], check=True)
    return folder


def _load(dsn: str, rows: Path) -> None:
    """Fill the database: no key, no index, no default; NOT NULL as the specification has it."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        if connection.execute("select to_regclass('lineitem')").fetchone() != (None,):
            return
        for table in _TABLES:
            with (rows / f"{table}.csv").open("rb") as lines:
                names = lines.readline().decode().strip().split(",")
                columns = SQL(", ").join(
                    SQL("{} {} not null").format(Identifier(name), SQL(_type_of(name))) for name in names
                )
                connection.execute(SQL("create table {} ({})").format(Identifier(table), columns))
                with connection.cursor().copy(SQL("copy {} from stdin csv").format(Identifier(table))) as copy:
                    while block := lines.read(1 << 20):
                        copy.write(block)
        connection.execute("vacuum analyze")


def _type_of(name: str) -> str:
    kind = name.split("_", 1)[1]
    if kind in _AMOUNTS:
        return "numeric(15, 2)"
    return "integer" if kind.endswith("key") else "date" if kind.endswith("date") else _NUMBERS.get(kind, "varchar")


def _run(command: list[str], folder: Path) -> dict[str, float]:
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=folder)  # Faida leaves files
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _ours(text: str) -> None:
    from onboard.catalog.dsn import parse_dsn
    from onboard.catalog.read import read_snapshot
    from onboard.catalog.snapshot import Selection
    from onboard.inference.answers import Answers
    from onboard.inference.propose import propose
    from onboard.inference.rows import open_rows

    dsn = parse_dsn(text)
    started_s = time.monotonic()
    catalog = read_snapshot(dsn, Selection()).catalog
    with open_rows(dsn) as rows:
        found = propose(catalog, answers=Answers(), rows=rows, budget_s=None, progress=lambda _: None)
    seconds = time.monotonic() - started_s
    proved = {
        f"{key.table.name}({','.join(key.columns)}) {key.references.name}({','.join(key.referenced_columns)})"
        for key in found.foreign_keys
        if key.facts.is_exact and key.facts.orphans == 0
    }
    missed = sorted(set(_REFERENCES) - proved)
    if missed:
        sys.stderr.write(f"not proved: {', '.join(missed)}\n")
    sys.stdout.write(json.dumps({"seconds": seconds, "proved": len(_REFERENCES) - len(missed)}) + "\n")


if __name__ == "__main__":
    main()
