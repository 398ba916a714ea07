# A machine with Python 3.11, make and git needs nothing else. `make help` lists what there is.

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run build test faults bench prepare-test check clean

export PYTHON

installed   := .venv/installed
development := .venv/installed-development
packages    := node_modules/.installed
static      := static/build/manifest.json
catalogs    := $(wildcard platform/concord/translations/*/LC_MESSAGES/*.po modules/*/translations/*/LC_MESSAGES/*.po)
compiled    := $(catalogs:.po=.mo)
bytecode    := .venv/compiled
setup       := setup.py bin/set-up bin/tooling/set_up.py

# An environment that was moved, or whose Python has gone, is made again.
ifneq ($(shell test -x .venv/bin/python && cat .venv/made-in 2>/dev/null),$(CURDIR))
.PHONY: $(installed)
endif

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile

run: build ## Start Concord with a demo world at http://127.0.0.1:8000
	@exec .venv/bin/concord run

build: $(installed) $(static) $(compiled) $(bytecode) ## Install what is locked, build the front end, compile translations and code

test: prepare-test ## Run every test: SQLite, PostgreSQL, Redis, browser (ARGS="-k word" for some)
	@exec .venv/bin/pytest --numprocesses=auto --dist=loadgroup $(ARGS)

faults: prepare-test ## Break each part of a whole town while people work in it (needs nginx; some twenty minutes)
	@exec .venv/bin/pytest tests/faults --whole $(ARGS)

bench: prepare-test ## Measure it beside bare SQL and a floor, minutes (ARGS="--quick" for a look)
	@exec .venv/bin/python -m tests.bench $(ARGS)

prepare-test: $(development) build

check: prepare-test ## Formatting, lint, types, import directions, translations, sizes
	@exec bin/check

clean: ## Remove everything that make made; data in var/ stays
	@rm -rf .venv node_modules static/build build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find platform modules tests bin -name __pycache__ -prune -exec rm -rf {} +
	@rm -f $(compiled)

$(installed): requirements/concord.txt $(setup)
	@bin/set-up run
	@touch $@

$(development): requirements/development.txt $(setup) | $(installed)
	@bin/set-up development
	@touch $@

$(packages): package-lock.json .npmrc bin/set-up bin/tooling/set_up.py | $(installed)
	@bin/set-up front-end
	@touch $@

$(static): $(packages) bin/tooling/build_static.py $(shell find static/src -type f 2>/dev/null)
	@bin/build-static

%.mo: %.po bin/tooling/translations.py | $(installed)
	@bin/translations compile $<

# Who serves may not write into the program's folder, and would compile it anew at every start.
$(bytecode): wsgi.py $(shell find platform modules -name '*.py') | $(installed)
	@.venv/bin/python -m compileall -q platform modules wsgi.py
	@touch $@
