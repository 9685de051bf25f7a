# Every target works alone in a fresh clone: it makes .venv with what it needs, once, and again when pyproject.toml changes.
# PYTHON says which Python makes .venv (3.11 or later); VENV where it stands.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help demo gate anonymous test lint docs bench format clean
.DEFAULT_GOAL := help

help:  ## say what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.run  ## audit the sample cases
	@$(BIN)/casecheck audit sample_cases

gate: $(VENV)/.run  ## hold the audit of the sample cases against their gate
	@$(BIN)/casecheck audit sample_cases --by team --no-cases --gate sample_cases/gate.yaml

anonymous: $(VENV)/.run  ## look through the sample and the examples of rules, all made up, for what names a person
	@$(BIN)/casecheck check-anonymous --invented sample_cases rules

test: $(VENV)/.test  ## run the tests, with coverage
	$(BIN)/python -m pytest -n auto --cov --cov-report=term

lint: $(VENV)/.lint  ## check style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/.run  ## write the pages of docs/ that are made from packs, schemas and commands
	@$(BIN)/python -m pages

bench: $(VENV)/.run  ## measure speed and memory
	@$(BIN)/python -m bench

format: $(VENV)/.lint  ## put the code in its layout
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:  ## remove all that can be made again
	rm -rf $(VENV) .bench build dist .coverage .coverage.* htmlcov .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find casecheck tests bench pages -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "casecheck needs Python 3.11 or later: make PYTHON=/path/to/python3.11")'
	@echo 'Making $(VENV) with what casecheck needs; this is done once.' >&2
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: pyproject.toml $(VENV)/.python
	@$(PIP) --editable .
	@touch $@

$(VENV)/.test $(VENV)/.lint: $(VENV)/.%: pyproject.toml $(VENV)/.run
	@$(PIP) --editable '.[$*]'
	@touch $@
