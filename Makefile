# Every step that a person can run. CI runs nothing else (.ci/run).

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh

# The first interpreter that is new enough; `make PYTHON=/path/to/python3 judge` names another.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
COMPILE := $(BIN)/python -m compileall -q -j 0
CACHES := .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

# What needs more than Python lies in directories of its own, so that nothing here has to be skipped.
REAL := $(wildcard tests/browser tests/engine tests/host)
SOAK := $(wildcard tests/soak)

##@ Use

.PHONY: help
help: ## Show what can be made
	@awk -F ':.*## ' '/^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[.a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: judge
judge: .venv ## Judge every declared environment against the published promises
	@$(BIN)/baseline check

.PHONY: desk
desk: .venv engine ## Open a shell with the real engine and emulated clouds, to rehearse a recovery or an end
	@$(BIN)/python -m tests.engine.rehearse

##@ Develop

.PHONY: test
test: lint types pytest ## Run every check and test that needs only Python

.PHONY: lint
lint: .venv ## Check style and formatting
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { echo "make: the files above are not formatted: make format" >&2; exit 1; }

.PHONY: types
types: .venv ## Check types, strictly
	@$(BIN)/mypy --no-error-summary

.PHONY: pytest
pytest: .venv ## Run the tests alone, on all cores
	@$(BIN)/pytest --quiet --numprocesses auto $(patsubst %,--ignore=%,$(REAL) $(SOAK))

.PHONY: test-real
test-real: .venv engine ## Run the tests that need more than Python: the real Pulumi engine
	@$(BIN)/pytest --quiet --numprocesses auto $(REAL)

.PHONY: soak
soak: .venv engine ## Run what takes too long for every change: each fault at each step, killed engines, fuzzing
	@$(BIN)/pytest --quiet --numprocesses auto $(SOAK)

.PHONY: format
format: .venv ## Format the code and sort its imports
	@$(BIN)/ruff check --quiet --select I --fix .
	@$(BIN)/ruff format --quiet .

.PHONY: bench
bench: .venv ## Print how fast the judge is beside other things (Go builds conftest, once; OUTPUT=file.json)
	@$(BIN)/python -m tests.bench $(if $(OUTPUT),--output $(OUTPUT))

##@ Set up

.PHONY: engine
engine: .venv ## Get the real Pulumi engine: from PATH, by the SDK's installer, or built from its Go module
	@$(BIN)/python -m tests.engine.engine

# A phony name for the directory: its own time stamp says nothing about what lies inside.
.PHONY: .venv
.venv: .venv/ready ## Set up .venv from the pinned requirements (every target that needs it does)

.venv/ready: .venv/installed pyproject.toml
	@PYTHONWARNINGS=ignore $(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@$(COMPILE) infra stacks policies
	@touch $@

# A step of its own, so that a changed setting in pyproject.toml does not cost a minute of byte-compiling. `compileall`
# writes bytecode even where PYTHONDONTWRITEBYTECODE is set; without it each run would parse the SDKs for seconds.
.venv/installed: requirements/dev.txt
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "make: Python 3.11 or later is needed and $(or $(PYTHON),python3) is not one:" \
		"install one or name it, make PYTHON=/path/to/python3 judge" >&2; exit 2; }
	@echo "Setting up .venv with $$("$(PYTHON)" --version), about a minute, once:"
	@echo "  1/4 creating it"
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || "$(PYTHON)" -m venv --clear .venv
	@echo "  2/4 installing the pinned packages"
	@$(PIP) install --require-hashes --only-binary :all: --no-compile -r requirements/dev.txt
	@echo "  3/4 byte-compiling them"
	@$(COMPILE) "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
	@echo "  4/4 installing this project"
	@touch $@

.PHONY: docs
docs: .venv ## Write the generated documents again: the rules' pages, the table in README.md, the schema
	@$(BIN)/python -m baseline.surfaces.documents

.PHONY: new-rule
new-rule: .venv ## Start a rule with a failing example (THEME=network DEFECT=name_of_the_defect)
	@$(BIN)/python -m baseline.surfaces.new_rule $(THEME) $(DEFECT)

# No host, no index and no option is written, so that the files install from wherever a machine gets its packages.
PIP_COMPILE = env -u PIP_FIND_LINKS $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
	--no-header --annotation-style=line --no-emit-options --no-emit-index-url --no-emit-trusted-host \
	--no-emit-find-links --extra crossguard --extra stacks --extra toolchain pyproject.toml

.PHONY: lock
lock: .venv ## Pin the requirements again, after a change in pyproject.toml (UPGRADE=1: to the newest versions)
	@echo "Pinning requirements/run.txt and requirements/dev.txt"
	@$(PIP_COMPILE) $(if $(UPGRADE),--upgrade) --output-file requirements/run.txt
	@$(PIP_COMPILE) $(if $(UPGRADE),--upgrade) --extra dev --constraint requirements/run.txt \
		--output-file requirements/dev.txt

.PHONY: clean
clean: ## Remove everything that make and the tools have built
	@rm -rf .venv build *.egg-info $(CACHES)
	@find infra stacks policies tests -name __pycache__ -type d -prune -exec rm -rf {} +
