# Works on a machine with nothing but Python 3.11 or newer and make.
#
#   make demo    do the main job on a real PostgreSQL that starts from a wheel, in demo/
#   make test    run all tests against that PostgreSQL, or the one ONBOARD_TEST_DSN names
#   make lint    ruff, mypy, import-linter
#   make soak    the long programme of tests

PYTHON ?= python3
VENV   ?= .venv
DJANGO ?= Django>=5.2,<6.0
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: demo test soak lint clean

demo: $(READY)
	rm -rf demo
	$(BIN)/python -m onboard demo demo --postgres

test: $(READY)
	$(BIN)/python -m pytest -n auto

soak: $(READY)
	$(BIN)/python -m pytest -n auto -m soak

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

clean:
	rm -rf demo build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(READY): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "onboard needs Python 3.11 or newer: make PYTHON=...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev "$(DJANGO)"
	touch $(READY)
