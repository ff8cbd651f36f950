# Everything a person needs: `make demo`, `make test`, `make run`. Each sets up its own .venv first.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv --quiet --no-progress
UV_VERSION := 0.13.9

.DEFAULT_GOAL := help
.PHONY: help demo test check run bench fuzz screens tools lock clean

help:
	@echo "make demo    three demonstration teams go from self-assessment to a published result"
	@echo "make run     the site and the API on http://127.0.0.1:8000, with Prefect and the dispatcher; Ctrl-C stops it"
	@echo "make test    every test"
	@echo "make check   format, lint, types and every test: what CI runs"
	@echo "make bench   the figures: costs, statements, memory"
	@echo "make fuzz    the API asked by whatever its description allows, and by several people at once, for hours"
	@echo "make screens the pictures in docs/screens, taken anew"
	@echo "make tools   install what is not Python: virus scanner, reader of pictures, browser (needs root)"
	@echo "make lock    choose the newest versions that pyproject.toml allows"
	@echo "make clean   remove .venv and caches; what the engine keeps (var/) stays"

demo: $(VENV)/ready
	@$(BIN)/accredit demo

run: $(VENV)/ready
	@exec $(BIN)/accredit serve --demo --unless-real

test: $(VENV)/ready
	@$(BIN)/python -m pytest

check: $(VENV)/ready
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/accredit standards check standards/*/
	@$(BIN)/python -m pytest

bench: $(VENV)/ready
	@$(BIN)/python -m tests.benchmarks

# The same tests as in `make test`, with many examples, and other ones each time.
FUZZ ?= 200
fuzz: $(VENV)/ready
	@FUZZ=$(FUZZ) HYPOTHESIS=explore $(BIN)/python -m pytest tests/api/test_described.py tests/api/test_several_people.py

# Taken on the public's journeys of the tests, and of a college at work; to be looked at, not only taken.
screens: $(VENV)/ready
	@mkdir -p docs/screens
	@SCREENS=$(CURDIR)/docs/screens $(BIN)/python -m pytest -n 0 tests/journeys/browser/test_public_register.py \
		tests/journeys/browser/screens.py

# clamd, which the tests speak to, tesseract, which reads pictures, and the browser in which tests read the pages.
# All are programs of the system, not of Python.
TOOLS := clamav-daemon tesseract-ocr chromium
tools:
	@if { command -v clamd || test -x /usr/sbin/clamd; } >/dev/null && command -v tesseract >/dev/null && command -v chromium >/dev/null; then exit 0; fi; \
	if test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
		echo "Installing $(TOOLS) ..."; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends $(TOOLS) \
			>/dev/null; \
	else \
		echo "The virus scanner, the reader of pictures or the browser is missing. On Debian or Ubuntu, as root: apt-get install $(TOOLS)" >&2; \
		exit 1; \
	fi

lock: $(VENV)/ready
	@$(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-header --upgrade \
		--group dev pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info

# The machine is looked at before anything is made, so that what is missing is said in words.
$(VENV)/ready: requirements.lock pyproject.toml api/vendoring.py
	@command -v git >/dev/null || { echo "git is missing. On Debian or Ubuntu: apt-get install git" >&2; exit 1; }
	@command -v $(PYTHON) >/dev/null || { \
		echo "$(PYTHON) is missing. On Debian or Ubuntu: apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) -V 2>&1)." >&2; \
		echo "Install a newer one, then say: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Setting up .venv (once, and again when the lock file changes) ..."
	@test -x $(BIN)/python && $(BIN)/python -c '' 2>/dev/null || { rm -rf $(VENV) && $(PYTHON) -m venv $(VENV); }
	@test -x $(BIN)/uv && test "$$($(BIN)/uv --version | cut -d' ' -f2)" = $(UV_VERSION) || \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@# Compiled here once, every start reads the libraries in half the time, also where Python may write nothing.
	@$(UV) pip sync --compile-bytecode --python $(BIN)/python --require-hashes requirements.lock
	@# The build takes the pages' styles from an npm package, once: by the machine's npm, or by the one that PyPI has.
	@test -f api/static/nhsuk/nhsuk.css || command -v npm >/dev/null || \
		$(UV) pip install --python $(BIN)/python --no-build $$($(BIN)/python api/vendoring.py)
	@$(UV) pip install --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@
