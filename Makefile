# Every step a person can run. CI runs nothing else (.ci/run).

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh

# The first interpreter that is new enough; `make PYTHON=/path/to/python judge` chooses another.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

BIN := .venv/bin
SOURCES := infra stacks policies tests
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
PIP_COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header \
	--annotation-style=line --no-emit-options --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

## Use

.PHONY: help
help: ## Show what can be made
	@awk -F "[:#]" "/^[a-z.-]+:.*## / { print }" $(MAKEFILE_LIST)

.PHONY: judge
judge: .venv/ready ## Judge every declared environment against the published promises
	@$(BIN)/baseline check

## Set-up

.PHONY: .venv
.venv: .venv/ready ## Set up .venv from the pinned requirements, byte-compiled (done by every target that needs it)

# Its own step, because Makefile edits and tool settings must not cost a minute of byte-compiling.
.venv/installed: requirements/dev.txt
	@test -n "$(PYTHON)" || { echo "make: Python 3.11 or later is needed and none is on PATH;" \
		"install one, or name it: make PYTHON=/path/to/python3" >&2; exit 2; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: Python 3.11 or later is" \
		"needed, and $(PYTHON) is older or does not run; name another: make PYTHON=/path/to/python3" >&2; exit 2; }
	@echo "Setting up .venv with $$("$(PYTHON)" --version); about two minutes, once:"
	@test -x $(BIN)/python || { echo "  creating it"; "$(PYTHON)" -m venv .venv; }
	@echo "  installing the pinned packages"
	@$(PIP) install --quiet --require-hashes --only-binary :all: --no-compile -r requirements/dev.txt
	@echo "  byte-compiling them"
	@$(BIN)/python -m compileall -q -j 0 "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
	@touch $@

.venv/ready: .venv/installed pyproject.toml
	@echo "  installing this project, editable"
	@$(PIP) install --quiet --no-deps --no-build-isolation --no-index --editable .
	@$(BIN)/python -m compileall -q -j 0 infra stacks policies
	@touch $@
