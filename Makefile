# Everything a person does here. The first target lists the rest; nothing has to be activated or installed before.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PY := .venv/bin/python

.PHONY: help setup setup-dev demo up demo-reset test check fix types contracts items docs bench day replay screens lock

help: ## List every target with what it does
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Make .venv and node_modules as locked: what a node needs
	@tools/bootstrap run

setup-dev: ## The same with what the tests need besides
	@tools/bootstrap dev

demo: setup ## Start three zones at ports 8001 to 8003 and play one application through them
	@exec $(PY) -m tongban.hosting.demo

up: setup ## Start the three zones without playing anything
	@exec $(PY) -m tongban.hosting.demo --without-story

demo-reset: setup ## Throw away the demo's data, so that the next demo starts afresh
	@exec $(PY) -m tongban.hosting.reset

test: setup-dev ## Everything: format, types, contracts, items, tests, browser tests; ends with one line of counts
	@exec $(PY) tools/verify.py

check: setup-dev ## The quick half of test, for every save: format, types, contracts, items, the house
	@exec $(PY) tools/verify.py --quick

fix: setup-dev ## Format the code and mend what ruff can mend
	@$(PY) -m ruff check --fix --quiet . ; $(PY) -m ruff format .

types: setup-dev ## Check the types of floors 0 to 3
	@$(PY) -m mypy

contracts: setup-dev ## Check who imports whom
	@$(PY) tools/verify.py --only contracts

items: setup-dev ## Check and prove every item pack; a running demo shows what was found to its stewards
	@exec $(PY) -m tongban.hosting.proving $(ARGS)

docs: setup-dev ## Make the generated documents again: walk, guides, indexes
	@$(PY) manage.py check_items --write-guides
	@$(PY) -m tools.make_docs

bench: setup-dev ## Measure with durable commits: table and JSON (ARGS=--quick, ARGS=--write-docs)
	@exec $(PY) -m tongban.hosting.bench $(ARGS)

day: setup-dev ## Play a day over three zones while processes are killed, and account for it (ARGS=--cases 200)
	@exec $(PY) -m tongban.hosting.day $(ARGS)

replay: setup ## Run every past decision of the demonstration again on today's build, and report drift
	@exec $(PY) -m tongban.hosting.replay

screens: setup-dev ## Take the pictures under docs/screens from a running demonstration (make up, elsewhere)
	@exec $(PY) -m tools.screens

lock: setup-dev ## Lock the newest versions again: requirements/*.txt and package-lock.json
	@tools/lock
