SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
VENV ?= .venv
PORT ?= 8000
INTERVIEWS ?= 6000
BIN := $(VENV)/bin
CODE := checklist forms models_ml profiling scripts wsgi.py
LOCK := $(BIN)/pip-compile --quiet --allow-unsafe --build-deps-for editable --generate-hashes --strip-extras --no-header
export SIAGA_HOME ?= $(CURDIR)/instance

.DEFAULT_GOAL := help
.PHONY: help install demo clean-demo test check format bench soak migrate sbom screenshots lock

help: ## say what each target does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

install: $(VENV)/.installed ## make .venv with the locked dependencies and the siaga command

$(VENV)/.installed: requirements.lock pyproject.toml
	python3 -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes --no-deps -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -m profiling.views.catalogues
	touch $@

$(VENV)/.installed-test: requirements-test.lock $(VENV)/.installed
	$(BIN)/pip install --quiet --require-hashes --no-deps -r requirements-test.lock
	touch $@

demo: install ## seed and serve a demonstration on http://127.0.0.1:$(PORT)
	SIAGA_ENV=demo INTERVIEWS=$(INTERVIEWS) PORT=$(PORT) sh scripts/demo.sh $(BIN)

clean-demo: ## remove the demonstration's database, keys and accounts
	test ! -e "$(SIAGA_HOME)" || test -e "$(SIAGA_HOME)/demo-accounts.csv"
	rm -rf "$(SIAGA_HOME)"

migrate: install ## bring the database of SIAGA_HOME to the newest schema
	$(BIN)/siaga db upgrade

test: $(VENV)/.installed-test ## everything: unit, both engines, browser, architecture, types, style
	sh scripts/need-browser.sh
	$(MAKE) check
	$(BIN)/python -m pytest -m "not soak" --numprocesses 2 --dist loadfile

check: ## style, types, security rules, import contracts and sizes
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .
	$(BIN)/mypy
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml --severity-level medium $(CODE)
	$(BIN)/lint-imports --no-logo > $(VENV)/lint-imports.log 2>&1 || (cat $(VENV)/lint-imports.log; exit 1)
	$(BIN)/python scripts/sizes.py

bench: $(VENV)/.installed-test ## measure times against the targets, into docs/performance.md
	$(BIN)/python -m tests.benchmarks --write docs/performance.md

soak: $(VENV)/.installed-test ## long runs, outside make test
	$(BIN)/python -m pytest -m soak

sbom: $(VENV)/.installed-test ## list what is delivered, from the lock file, as CycloneDX into sbom.json
	$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --output-file sbom.json requirements.lock

screenshots: $(VENV)/.installed-test ## make docs/screenshots from a small demonstration
	sh scripts/need-browser.sh
	$(BIN)/python scripts/screenshots.py

lock: $(VENV)/.installed ## renew the lock files after a change of pyproject.toml
	$(BIN)/pip install --quiet pip-tools
	$(LOCK) --extra test --output-file requirements-test.lock pyproject.toml
	$(LOCK) --constraint requirements-test.lock --output-file requirements.lock pyproject.toml
	sed -i -e '/^--/d' -e '/./,$$!d' requirements-test.lock requirements.lock

format: ## put the code in the agreed form
	$(BIN)/ruff check --quiet --fix .
	$(BIN)/ruff format --quiet .
