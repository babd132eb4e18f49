# One door to everything, on a machine with Python 3.11 or newer and make. `make` lists the targets.
#
# Installing goes through three stamps in .venv: the installer (uv, from a hashed lock), the locked
# packages, and this project itself. dev.lock holds all of run.lock in the same versions, so once the
# development packages are there, every target uses them and nothing is taken away again.

PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv

BOOTSTRAP := .venv/stamp-bootstrap
RUN := .venv/stamp-run
DEV := .venv/stamp-dev
BENCH := .venv-bench/stamp
# The oldest driver that must read what is published, one in between, and the newest before 2.0.
DRIVER_VERSIONS := 1.2.2 1.4.5 1.5.6
# Files are handed out as they are listed, long ones not last, so that no worker is left alone with one.
IN_ORDER := -n 3 --dist loadfile --no-loadscope-reorder
DRIVERS := $(DRIVER_VERSIONS:%=.venv-drivers/%/stamp)
# Its garbage collector, over all that dbt holds, was half of the work of the linter.
SQLFLUFF := $(BIN)/python -c 'import gc; gc.disable(); from sqlfluff.cli.commands import cli; cli()'
# Every process of a test compiles our modules anew where bytecode is not kept.
unexport PYTHONDONTWRITEBYTECODE
ENVIRONMENT = $(if $(wildcard $(DEV)),$(DEV),$(RUN))

LOCK_FLAGS := --universal --python-version 3.11 --generate-hashes -q --no-emit-index-url --no-header
UV_VERSION := 0.13.9

# dbt by hand (target dev) makes what it needs in its data folder: a temporary one, gone afterwards.
IN_TEMPORARY_WAREHOUSE = tmp=$$(mktemp -d); trap 'rm -rf "$$tmp"' EXIT; \
	export DOELENBOOM_DATA_DIR="$$tmp";

SHELL := /bin/sh
.SHELLFLAGS := -euc
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install install-dev warehouse test check unit types lint-sql lint-dbt prove rest fuzz dagster dashboard picture bench docs lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

# --- what people run ---

warehouse: install ## install, run the nightly job once on the bundled sources, publish
	@$(BIN)/doelenboom run

TESTS := tests/integration tests/browser tests/unit
test: install-dev ## every test: Python, browser (where there is one) and dbt
	$(BIN)/pytest $(TESTS) -m "not prove" $(IN_ORDER)

check: install-dev ## lint, walls, types, unit tests: the loop while developing
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-cache --no-logo
	@# The linter of SQL has one core for minutes: what follows on the other one does not wait for it.
	@$(MAKE) --no-print-directory --jobs 2 --output-sync types lint-sql lint-dbt unit

unit: install-dev ## the unit tests alone
	$(BIN)/pytest tests/unit -m "not prove and not slow" $(IN_ORDER) -q

types: install-dev ## the types alone
	$(BIN)/mypy

lint-sql: install-dev ## lint the SQL alone
	@$(IN_TEMPORARY_WAREHOUSE) $(SQLFLUFF) lint models tests/data
	@# RF02 and AL09 take a parameter for a column.
	@$(SQLFLUFF) lint --templater placeholder --exclude-rules AL09,RF02,RF04,ST06 seeds/reference/derivations
	@# The heading of a question has a line for each word, however long.
	@$(SQLFLUFF) lint --templater placeholder --exclude-rules AL04,LT05,RF02,RF04,ST06 src/doelenboom/publication/reading/asked
	@# The dbt templater skips macros; LT02 knows no indent below a macro tag.
	@$(SQLFLUFF) lint --templater jinja --exclude-rules RF04,ST06,LT02 macros

lint-dbt: install-dev ## lint dbt's project alone, and hold its contracts against the last release
	@$(IN_TEMPORARY_WAREHOUSE) $(BIN)/dbt parse --quiet --no-partial-parse --target-path target/lint
	@$(BIN)/dbt-bouncer run --output-only-failures >target/lint/bouncer.txt 2>&1 || { cat target/lint/bouncer.txt; exit 1; }
	@$(BIN)/python -m contracts.promise target/lint/manifest.json

prove: install-dev $(DRIVERS) ## slow proofs: mutations of every amount, whole nights, older drivers
	$(BIN)/pytest $(TESTS) -m prove $(IN_ORDER)

# A few of each kind in CI, the same ones each time; INPUTS=10000 for a night of it, SEED to see again what failed.
fuzz: install-dev ## inputs that nobody thought of: INPUTS=10000, SEED=1
	$(BIN)/pytest tests/fuzz $(IN_ORDER) --inputs=$(or $(INPUTS),200) $(if $(SEED),--from-seed=$(SEED))

# In one session, so that nights that tests share are made once.
rest: install-dev ## what `make check` leaves of `make test`, and a few inputs of each kind that `make fuzz` makes
	$(BIN)/pytest $(TESTS) tests/fuzz -m "not prove and (slow or not unit)" $(IN_ORDER) --inputs=2 --from-seed=1

dagster: install ## the Dagster UI
	@$(BIN)/python -m orchestration.dev

dashboard: install ## the site of the current release, on this machine
	@$(BIN)/python -m dashboard

docs: install ## the documentation site: dbt docs and Data Docs
	@$(BIN)/python -m orchestration.docs

picture: install-dev ## draw the rooms and who imports whom into README.md
	@$(BIN)/python -m benchmarks.house

bench: install-dev $(BENCH) ## measure nights, chapters and loading; BASELINE=clone, RECORD=1
	@for data in bundled iv3; do $(BIN)/python -m benchmarks.night $$data \
		$(if $(BASELINE),--baseline $(BASELINE)) $(if $(RECORD),--record); done
	@$(BIN)/python -m benchmarks.extraction
	@$(BIN)/python -m benchmarks.ingest
	@$(BIN)/python -m benchmarks.ingest --memory

lock: $(BOOTSTRAP) ## resolve the dependencies of pyproject.toml anew, within the present locks
	$(UV) pip compile pyproject.toml --group dev -o requirements/dev.lock $(LOCK_FLAGS)
	$(UV) pip compile pyproject.toml --group build -c requirements/dev.lock \
		-o requirements/run.lock $(LOCK_FLAGS)
	$(UV) pip compile --group bench -o requirements/bench.lock $(LOCK_FLAGS)
	for version in $(DRIVER_VERSIONS); do echo duckdb==$$version | \
		$(UV) pip compile - -o requirements/driver-$$version.lock $(LOCK_FLAGS); done
	echo uv==$(UV_VERSION) | $(UV) pip compile - -o requirements/bootstrap.lock $(LOCK_FLAGS)

clean: ## remove what install and the tools made; data/ stays
	rm -rf .venv .venv-bench .venv-drivers target logs dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

# --- installing ---

install: $(ENVIRONMENT)
install-dev: $(DEV)

$(BOOTSTRAP): requirements/bootstrap.lock
	@command -v $(PYTHON) >/dev/null || { \
		echo "doelenboom needs Python 3.11 or newer, and $(PYTHON) is not on this machine." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "doelenboom needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) -V 2>&1):" \
			"name another one with make PYTHON=python3.11." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "doelenboom needs the venv module of $(PYTHON) (Debian and Ubuntu: package python3-venv)." >&2; \
		exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.venv/stamp-%-packages: requirements/%.lock $(BOOTSTRAP)
	$(UV) pip sync --quiet --require-hashes --python $(BIN)/python $<
	@touch $@

$(RUN) $(DEV): .venv/stamp-%: .venv/stamp-%-packages pyproject.toml
	$(UV) pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python -e .
	@touch $@

# Loaders that the benchmark compares with, apart from ours.
$(BENCH): requirements/bench.lock $(BOOTSTRAP)
	$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv-bench
	$(UV) pip sync --quiet --require-hashes --python .venv-bench/bin/python $<
	@touch $@

# DuckDB as BI tools have it, one version each: tests/integration/test_drivers.py.
$(DRIVERS): .venv-drivers/%/stamp: requirements/driver-%.lock $(BOOTSTRAP)
	$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv-drivers/$*
	$(UV) pip sync --quiet --require-hashes --python .venv-drivers/$*/bin/python $<
	@touch $@

.SECONDARY:
