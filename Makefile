# Two commands: `make demo` and `make test`. Each does all of its own set-up.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Start-up of pandas, papermill and JupyterLab halves when their byte code is kept.
unexport PYTHONDONTWRITEBYTECODE
unexport PYTHONPATH
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test check walks lab bench screenshots labextension clean

demo: $(VENV)/.users
	@$(BIN)/jusou-nb demo demo

lab: $(VENV)/.users
	@$(BIN)/jusou-nb lab demo/demo.db

test: $(VENV)/.developers
	@bash tools/system.sh
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest -n 2 --dist loadfile --durations=5

check: $(VENV)/.developers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@PYTHONPATH=. $(BIN)/lint-imports --no-logo

bench: $(VENV)/.developers
	@$(BIN)/python -m compileall -q jusou_nb $(VENV)/lib && echo "byte code compiled first"
	@for script in benchmarks/bench_*.py; do echo "== $$script"; $(BIN)/python $$script; done

# The pictures of the guide are taken by the walks themselves.
screenshots: $(VENV)/.developers
	@bash tools/system.sh
	@taken=$$(mktemp -d) && JUSOU_PICTURES=$$taken $(BIN)/python -m pytest tests/walks -p no:randomly \
	  && bash tools/pictures.sh $$taken docs/images && rm -r $$taken

# JupyterLab's side of the desk, after a change in labextension/; needs Node, and only here.
labextension: $(VENV)/.users
	@bash tools/labextension.sh $(BIN)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 以上が必要です"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q -U pip

# Installed for use: what a worker's machine has.
$(VENV)/.users: pyproject.toml constraints.txt $(shell find jusou_nb/documents/nbconvert jusou_nb/lab jusou_nb/labextension -type f 2>/dev/null) | $(VENV)/bin/python
	@echo "準備しています（はじめの一回は数分かかります）…"
	@$(BIN)/python -m pip install -q -c constraints.txt -e .
	@touch $@

# Installed for work on the program: the same, and what tests it.
$(VENV)/.developers: $(VENV)/.users
	@$(BIN)/python -m pip install -q -c constraints.txt -e '.[dev]'
	@touch $@

clean:
	@rm -rf $(VENV) demo
