# Two commands for a newcomer: `make demo` and `make test`. Both set up .venv first.
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
DEMO := $(CURDIR)/.demo

# One file of tests stays in one process, because its fixtures are dear; tests/conftest.py says which comes first.
PYTEST_SPREAD ?= -n 2 --dist loadfile --no-loadscope-reorder
BUSY ?= --times 3 --loops 2

export INCAMERA_DATA ?= $(DEMO)

.PHONY: demo test check serve evaluate install llama tools clean bench test-long test-busy test-offline trace

demo: $(VENV)/.installed
	@$(BIN)/python -m ui.demo

serve: $(VENV)/.installed
	@$(BIN)/incamera serve

test: $(VENV)/.tested
	$(BIN)/pytest -q $(PYTEST_SPREAD)

check: $(VENV)/.tested
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -q $(PYTEST_SPREAD)

# What takes minutes and seldom changes; the quick suite leaves it out.
test-long: $(VENV)/.tested
	$(BIN)/pytest -q -m long

# The quick suite three times beside two loops that take the cores: no test may depend on the machine's speed.
test-busy: $(VENV)/.tested
	$(BIN)/python -m bench.busy $(BUSY) $(BIN)/pytest -q $(PYTEST_SPREAD)

# The quick suite where there is no network at all, not even a route (Linux, unshare of util-linux).
test-offline: $(VENV)/.tested
	@unshare -rn true || { echo "No network namespace may be made here. Allow user namespaces, or run it as root."; exit 2; }
	unshare -rn sh -ec 'if command -v ip >/dev/null; then ip link set lo up; fi; exec $(BIN)/pytest -q $(PYTEST_SPREAD)'

# Where every connection of an ingest and a question goes, as the kernel sees it.
trace: $(VENV)/.installed
	deploy/trace.sh

evaluate: $(VENV)/.installed
	$(BIN)/incamera evaluate sample_docs

install: $(VENV)/.installed

# llama.cpp is compiled for this machine: some minutes, once. What is there and suits the machine stays.
llama: $(VENV)/.installed
	@$(BIN)/python deploy/llama.py
	@touch $(VENV)/.llama

bench: $(VENV)/.tested
	$(BIN)/python -m bench.first

tools:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is missing. Install it: apt-get install python3.11 python3.11-venv (or set PYTHON=path)"; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' || { echo "$(PYTHON) is $$($(PYTHON) --version 2>&1); 3.11 or 3.12 is needed. Install it: apt-get install python3.11 python3.11-venv"; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing. Install it: apt-get install python3.11-venv"; exit 2; }
	@command -v g++ >/dev/null || { echo "A C++ compiler is missing. Install it: apt-get install g++"; exit 2; }

# torch first and by itself: its CPU build is pinned, and nothing later may pull in another one.
$(VENV)/.installed: constraints.txt pyproject.toml | tools
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -qq --upgrade pip
	$(BIN)/pip install -qq -c constraints.txt torch
	$(BIN)/pip install -qq -c constraints.txt -e .
	touch $@

$(VENV)/.llama: $(VENV)/.installed deploy/llama.py deploy/llama.cmake
	$(BIN)/python deploy/llama.py
	touch $@

$(VENV)/.tested: $(VENV)/.installed $(VENV)/.llama
	$(BIN)/pip install -qq -c constraints.txt -e '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) $(DEMO) build *.egg-info
