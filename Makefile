# The two commands of a fresh machine (Python >= 3.11, git, make):
#
#   make site    build the survey into site/
#   make test    run every check there is
#
# Everything runs in .venv, which holds what the lock files pin and nothing else: each file with its
# hash, from whichever package index this machine's pip uses, and no package is built on the way.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL = $(BIN)/python -m pip --disable-pip-version-check install --quiet
LOCKED = $(INSTALL) --require-hashes --only-binary :all:

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site serve test check format bench bench-site chaos fuzz mutate lock clean

help:  ## list the commands
	@awk -F ':.*  ## ' '/^[a-z-]+:.*  ## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

site: $(VENV)/site.stamp  ## build the survey into site/
	$(BIN)/survey build

serve: $(VENV)/site.stamp  ## show the survey on this machine and keep it up to date
	$(BIN)/survey serve

test: check  ## run every check and every test
	$(BIN)/survey check --strict
	$(BIN)/pytest --numprocesses auto --dist loadfile

check: $(VENV)/test.stamp  ## check style, types and the direction of imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/test.stamp  ## format the code and mend what can be mended
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(VENV)/test.stamp  ## measure what each stage costs; PAPERS=100000, BENCH="--profile --edits 0" say more or less
	$(BIN)/python tests/bench.py $(if $(PAPERS),--sizes $(PAPERS)) $(BENCH)

bench-site: $(VENV)/test.stamp  ## measure what readers wait for; BENCH="--sizes 62 --runs 1" says more or less
	$(BIN)/python tests/bench_site.py $(BENCH)

chaos: $(VENV)/test.stamp  ## kill commands and fill disks, 200 times; CHAOS="--rounds 20 --papers 40" says less
	$(BIN)/python tests/chaos.py $(CHAOS)

MINUTES ?= 10

fuzz: $(VENV)/test.stamp  ## feed what nobody would write for MINUTES=60
	$(BIN)/python tests/fuzz.py --minutes $(MINUTES) $(FUZZ)

mutate: $(VENV)/test.stamp  ## change a line here and there: does a test notice? MUTATE="--sample 40 --seed 2" says less
	$(BIN)/python tests/mutate.py $(MUTATE)

clean:  ## remove what was built and installed
	rm -rf $(VENV) docs site .survey mutants

define CHECK_PYTHON
@command -v "$(PYTHON)" >/dev/null || { \
  echo "$(PYTHON) was not found: install Python 3.11 or newer, or say where it is: make PYTHON=/path/to/python" >&2; \
  exit 1; }
@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
  echo "Python 3.11 or newer is needed, and $(PYTHON) is $$("$(PYTHON)" --version 2>&1)." >&2; \
  echo "Name a newer one: make PYTHON=python3.12" >&2; \
  exit 1; }
endef

# When the lock has changed the environment is begun anew: what is pinned no more is gone.
$(VENV)/lock.stamp: requirements.lock
	$(CHECK_PYTHON)
	"$(PYTHON)" -m venv --clear $(VENV)
	$(LOCKED) --requirement requirements.lock
	@touch $@

$(VENV)/site.stamp: $(VENV)/lock.stamp pyproject.toml
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/site.stamp requirements-dev.lock
	$(LOCKED) --requirement requirements-dev.lock
	@touch $@

# `make lock` keeps what is pinned and adds what pyproject.toml asks for now;
# `make lock UPGRADE=--upgrade` pins the newest of everything.
UV = $(VENV)/uv/bin/uv
COMPILE = $(UV) pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" \
  $(UPGRADE) --group build

lock: $(UV)  ## pin what pyproject.toml asks for
	$(COMPILE) pyproject.toml --output-file requirements.lock >/dev/null
	$(COMPILE) pyproject.toml --group dev --constraint requirements.lock --output-file requirements-dev.lock >/dev/null

licences: $(VENV)/test.stamp  ## list in THIRD_PARTY.md what is by others
	$(BIN)/python tests/licences.py

$(UV):
	$(CHECK_PYTHON)
	"$(PYTHON)" -m venv $(VENV)/uv
	$(VENV)/uv/bin/python -m pip --disable-pip-version-check install --quiet uv
