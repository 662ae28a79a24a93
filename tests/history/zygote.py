"""Runs commands in Django projects, each in a process of its own forked from one that has everything imported.

One JSON request a line on stdin, one JSON answer a line on stdout. A project can be loaded once in a process only,
and starting Python afresh for every step of every broken history would take most of the time.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import traceback
import warnings
from typing import Any


def main() -> None:
    import django.contrib.auth.hashers
    import django.contrib.contenttypes
    import django.contrib.postgres.apps
    import django.core.management
    import django.core.management.commands.makemigrations
    import django.core.management.commands.migrate
    import django.db.backends.postgresql.base
    import django.db.backends.sqlite3.base  # noqa: F401
    import psycopg  # noqa: F401

    import onboard.cli.boundary
    import onboard.cli.commands.reset
    import onboard.history.reset  # noqa: F401

    for line in sys.stdin:
        print(json.dumps(_answer(json.loads(line))), flush=True)


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            code = 99
            try:
                code = _run(request)
            except SystemExit as done:
                code = done.code if isinstance(done.code, int) else int(done.code is not None)
                if isinstance(done.code, str):
                    print(done.code, file=sys.stderr)
            except BaseException:
                traceback.print_exc()
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
        _, status = os.waitpid(child, 0)
        out.seek(0)
        err.seek(0)
        return {"code": os.waitstatus_to_exitcode(status), "out": out.read().decode(), "err": err.read().decode()}


def _run(request: dict[str, Any]) -> int:
    warnings.simplefilter("ignore")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.environ.update(request["env"])
    os.chdir(request["cwd"])
    sys.path[:0] = [request["cwd"], *request.get("path", ())]
    sys.dont_write_bytecode = True
    arguments = request["arguments"]
    if request["kind"] == "onboard":
        from onboard.cli.boundary import run

        return run(tuple(arguments))
    if request["kind"] == "manage":
        from django.core.management import execute_from_command_line

        execute_from_command_line(["manage.py", *arguments])
        return 0
    import django

    django.setup()
    exec(compile(arguments[0], "<step>", "exec"), {"__name__": "step"})
    return 0


if __name__ == "__main__":
    main()
