"""Open-source Django projects from PyPI: which apps they install, and a project around each to break the memory of."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.history.projects import Answer, Project, new_project

_REPOSITORY = Path(__file__).resolve().parents[2]
_CONTRIB = ("contenttypes", "auth", "sessions", "sites", "messages", "admin", "flatpages", "redirects")
_COMMON = """
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.request", "django.template.context_processors.debug",
        "django.contrib.auth.context_processors.auth", "django.contrib.messages.context_processors.messages"]}}]
SITE_ID = 1
STATIC_URL = "/static/"
MEDIA_ROOT = "media"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
SILENCED_SYSTEM_CHECKS = ["models.W042", "fields.W342", "security.W019", "urls.W002"]
"""
_OSCAR = (
    *("analytics", "checkout", "address", "shipping", "catalogue", "communication", "partner", "basket", "payment"),
    *("offer", "order", "customer", "search", "voucher", "wishlists", "dashboard"),
)
_OSCAR_DASHBOARD = (
    *("reports", "users", "orders", "catalogue", "offers", "partners", "pages", "ranges", "reviews", "vouchers"),
    *("communications", "shipping"),
)


@dataclass(frozen=True)
class Case:
    """One distribution: where its code is, what to install, what else the settings need."""

    name: str
    packages: tuple[str, ...]  # top-level packages that are copied into the project, as if they were its own
    apps: tuple[str, ...]
    more: str = ""
    accept: tuple[str, ...] = ()  # for `adopt`: what its migrations made beyond its models
    carry: bool = False  # for `reset`: the same
    leave_out: tuple[str, ...] = ()  # migrations whose own operations only move rows that no new database has
    contrib: tuple[str, ...] = _CONTRIB


CASES = (
    Case(
        "wagtail",
        ("wagtail",),
        (
            *(f"wagtail.{app}" for app in ("sites", "users", "snippets", "documents", "images", "search", "admin")),
            *(f"wagtail.contrib.{app}" for app in ("forms", "redirects", "search_promotions")),
            "wagtail.embeds",
            "wagtail",
            "modelcluster",
            "taggit",
        ),
        'WAGTAIL_SITE_NAME = "x"\nWAGTAILADMIN_BASE_URL = "http://x"\n',
        accept=("collation_differs",),  # a RunPython sets one on PostgreSQL, which no field says
        carry=True,
        leave_out=("all",),
    ),
    Case(
        "django-cms",
        ("cms",),
        ("cms", "menus", "treebeard", "sekizai"),
        'CMS_CONFIRM_VERSION4 = True\nCMS_TEMPLATES = [("a.html", "a")]\nX_FRAME_OPTIONS = "SAMEORIGIN"\n'
        'TEMPLATES[0]["OPTIONS"]["context_processors"] += '
        '["sekizai.context_processors.sekizai", "cms.context_processors.cms_settings"]\n'
        'MIDDLEWARE += ["django.middleware.locale.LocaleMiddleware"]\n',
        leave_out=("all",),
    ),
    Case(
        "django-oscar",
        ("oscar",),
        (
            "oscar.config.Shop",
            *(f"oscar.apps.{app}.apps.{app.capitalize()}Config" for app in _OSCAR),
            "oscar.apps.catalogue.reviews.apps.CatalogueReviewsConfig",
            *(f"oscar.apps.dashboard.{app}.apps.{app.capitalize()}DashboardConfig" for app in _OSCAR_DASHBOARD),
            "widget_tweaks",
            "haystack",
            "treebeard",
            "sorl.thumbnail",
            "django_tables2",
        ),
        "from oscar.defaults import *\n"
        'HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}\n',
        accept=("index_unclaimed",),  # an app was renamed, and an index of its old name left behind
        carry=True,
    ),
    Case(
        "django-allauth",
        ("allauth",),
        ("allauth", "allauth.account", "allauth.socialaccount", "allauth.mfa", "allauth.usersessions"),
        'MIDDLEWARE += ["allauth.account.middleware.AccountMiddleware"]\n',
    ),
    Case("django-q2", ("django_q",), ("django_q",), 'Q_CLUSTER = {"name": "x", "orm": "default"}\n'),
    Case("django-filer", ("filer", "easy_thumbnails"), ("easy_thumbnails", "filer", "polymorphic")),
    Case("django-taggit", ("taggit",), ("taggit",)),
    Case(
        "django.contrib",
        (),
        (),
        'MIGRATION_MODULES = {app: f"memory.{app}" for app in '
        '("contenttypes", "auth", "sessions", "sites", "admin", "flatpages", "redirects")}\n',
    ),
)
REQUIREMENTS = (
    *("wagtail", "django-cms", "django-oscar", "sorl-thumbnail", "django-allauth[socialaccount,mfa]"),
    *("django-q2", "django-filer", "easy-thumbnails", "django-taggit"),
)


def installed(folder: Path) -> Path:
    """Make an environment with all of the distributions, the Django that runs the tests, and onboard; its Python."""
    import django

    if ready := os.environ.get("ONBOARD_OPEN_SOURCE_PYTHON"):  # an environment that was made before
        return Path(ready)
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    wanted = [f"Django=={django.get_version()}", "psycopg[binary]", *REQUIREMENTS]
    subprocess.run([str(python), "-m", "pip", "install", "-q", *wanted], check=True, timeout=900)
    purelib = Path(
        subprocess.run(
            [str(python), "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
    )
    (purelib / "onboard-under-test.pth").write_text(f"{_REPOSITORY}\n{sysconfig.get_paths()['purelib']}\n")
    return python


def asking(python: Path) -> Any:
    """Return what runs a command of a project with that Python."""

    def ask(request: dict[str, Any]) -> Answer:
        first = {
            "manage": ["manage.py"],
            "onboard": ["-m", "onboard"],
            "python": ["-c", "import sys, django; django.setup(); exec(sys.argv[1])"],
        }[request["kind"]]
        done = subprocess.run(
            [str(python), "-W", "ignore", *first, *request["arguments"]],
            cwd=request["cwd"],
            env={**os.environ, **request["env"], "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": request["cwd"]},
            capture_output=True,
            text=True,
            check=False,
        )
        return {"code": done.returncode, "out": done.stdout, "err": done.stderr}

    return ask


def project_of(case: Case, root: Path, python: Path, database: dict[str, Any]) -> Project:
    """A project of that case, its packages copied in, so that their histories are the project's own."""
    apps = [f"django.contrib.{app}" for app in case.contrib] + list(case.apps)
    project = new_project(root, asking(python), database, *apps, more=_COMMON + case.more, own=())
    source = next(python.parents[1].glob("lib/python*/site-packages"))
    for package in case.packages:
        shutil.copytree(source / package, root / package, ignore=shutil.ignore_patterns("static", "locale", "*.pyc"))
    if case.name == "django.contrib":
        project.write("memory/__init__.py", "")
        for app in ("contenttypes", "auth", "sessions", "sites", "admin", "flatpages", "redirects"):
            shutil.copytree(source / "django/contrib" / app / "migrations", root / "memory" / app)
    return project


def own_labels(project: Project) -> list[str]:
    """The apps with migrations in the project's own folder, by label."""
    return project.python(
        "import os\nfrom django.apps import apps\nfrom onboard.history.memory import read_memory\n"
        "from onboard.history.mentions import is_inside\nfrom pathlib import Path\n"
        "from django.db import connection\n"
        "print(*[a.label for a in read_memory(connection).apps if a.files and is_inside(Path(os.getcwd()), a.folder)])"
    ).split()


if __name__ == "__main__":
    sys.exit("This is run by `make soak`.")
