# Nexus Jupyter: every target sets itself up in .venv; a second run takes seconds.
#   make lab     ask one question in the terminal, then open JupyterLab on the tour
#   make test    all tests          make lint    what CI checks
#   make bench   the benchmarks     make quality how often answers are right (docs/quality.md)
#   make fuzz    the sandbox against random walks and forged replies (FUZZ_SECONDS=600)
#   make preload the list of modules that the sandbox imports ahead, made anew
#   make clean   remove what the other targets made

SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV ?= .venv
BIN := $(VENV)/bin
QUESTION ?= average departure delay by carrier, worst first
DATA ?= notebooks/data/flights.parquet
# A test passes --no-browser; Jupyter refuses to run as root unless it is told to.
LAB_FLAGS ?=
FUZZ_SECONDS ?= 600
FUZZ_SEED ?= $(shell date +%s)
# The order of the unit tests: empty for a new one each time.
TEST_SEED ?=
ROOT_FLAG := $(if $(filter 0,$(shell id -u)),--allow-root)
# The first Python that is new enough and can make virtual environments.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
SHARED := pyproject.toml $(wildcard nexus_jupyter/labextension/package.json) $(wildcard jupyter-config/*/*)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
NODE := $(shell command -v npm 2>/dev/null)
PYTEST := $(BIN)/python -m pytest

.PHONY: help lab test unit e2e frontend lint fuzz preload bench quality clean

help:
	@sed -n 's/^#   //p' Makefile

$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with its venv module is needed (Debian: apt-get install python3-venv)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --upgrade 'pip>=25.1'
	@touch $@

# Editable, so that the next run sees a change at once; again only when what is copied outside the package changed.
$(VENV)/.installed: $(VENV)/.made $(SHARED)
	@echo "Installing Nexus Jupyter into $(VENV) (a minute or two, once)"
	$(PIP) install --editable .
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	@echo "Installing what tests and checks need"
	$(PIP) install --group test --group typing
	$(PIP) install --no-deps --editable tests/plugins/sample_agent
	@touch $@

lab: $(VENV)/.installed
	@echo "\$$ nexus-jupyter ask \"$(QUESTION)\" $(DATA)"
	@$(BIN)/nexus-jupyter ask "$(QUESTION)" $(DATA)
	@echo
	@echo "JupyterLab opens on notebooks/tour.ipynb; its address is printed below. Stop it with Ctrl+C."
	@exec $(BIN)/jupyter lab notebooks/tour.ipynb --LabApp.default_url=/lab/tree/tour.ipynb $(ROOT_FLAG) $(LAB_FLAGS)

test: unit e2e frontend

unit: $(VENV)/.tested
	$(PYTEST) $(if $(TEST_SEED),--randomly-seed=$(TEST_SEED))

# Playwright's own event loop and those of other plugins cannot share a process.
e2e: $(VENV)/.tested
	@test -d tests/e2e || { echo "no browser tests"; exit 0; }; \
	if [ -n "$$NEXUS_REQUIRE_ALL" ] || command -v "$${NEXUS_CHROMIUM:-chromium}" >/dev/null 2>&1; then $(PYTEST) tests/e2e -p no:randomly; \
	else echo "SKIPPED browser tests: no Chromium here (Debian: apt-get install chromium)"; fi

frontend:
	@if [ -n "$(NODE)" ]; then $(MAKE) --no-print-directory labextension/node_modules/.made && cd labextension && npm run --silent --if-present test; \
	elif [ -n "$$NEXUS_REQUIRE_ALL" ]; then echo "FAILED front-end tests: Node is required here"; exit 1; \
	else echo "SKIPPED front-end tests: no Node here"; fi

labextension/node_modules/.made: labextension/package-lock.json
	cd labextension && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

lint: $(VENV)/.tested
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	@if [ -n "$(NODE)" ]; then $(MAKE) --no-print-directory labextension/node_modules/.made && cd labextension && node_modules/.bin/tsc --noEmit && npm run --silent lint; \
	else echo "SKIPPED tsc, eslint and stylelint: no Node here"; fi

quality: $(VENV)/.tested
	$(BIN)/python benchmarks/quality.py --write

# Both fuzzers of the sandbox, each for FUZZ_SECONDS; the seed is printed, so that what fails can be run again.
fuzz: $(VENV)/.tested
	$(BIN)/python tests/sandbox/fuzz_walk.py --seconds $(FUZZ_SECONDS) --seed $(FUZZ_SEED)
	$(BIN)/python tests/sandbox/fuzz_replies.py --seconds $(FUZZ_SECONDS) --seed $(FUZZ_SEED)

# The modules that a worker needs to have before it can open no file any more, for the library versions that are installed.
preload: $(VENV)/.tested
	$(BIN)/python benchmarks/preload_names.py

bench: $(VENV)/.tested
	@for script in $(filter-out benchmarks/preload_names.py benchmarks/quality.py,$(wildcard benchmarks/*.py)); do echo "== $$script"; $(BIN)/python $$script || exit 1; done

clean:
	rm -rf $(VENV) build dist artifacts .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis labextension/node_modules labextension/lib
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
