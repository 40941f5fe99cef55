# Everything that is done often. `make serve` and `make test` set up what they need.
PYTHON ?= python3
PORT ?= 8000
OUT ?= build
INTO ?= public
BASE_URL ?=
VISITS ?= 500
MINUTES ?= 120
BUILDS ?= 20
ONLY ?=
TIMES ?= 3
BIN := .venv/bin
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))

.PHONY: serve build kit publish probe test test-all coverage scripts trees screenshots booklet check bench lighthouse soak fuzz messages browsers browsers-all pins clean

serve: .venv/ready
	@$(BIN)/python freeze.py --out "$(OUT)" --base-url "$(BASE_URL)" --serve --port $(PORT)

build: .venv/ready
	@$(BIN)/python freeze.py --out "$(OUT)" --base-url "$(BASE_URL)"

# The same build, and where in it are the messages, codes and sheets for hosts.
kit: .venv/ready
	@$(BIN)/python freeze.py --out "$(OUT)" --base-url "$(BASE_URL)" --kit

# Into the folder of a host, or a worktree of what is published from a forge: INTO=…
publish: .venv/ready
	@$(BIN)/python freeze.py --into "$(INTO)" --base-url "$(BASE_URL)"

# Whether the public address serves the build in OUT=… as phones need it: BASE_URL=…
probe: .venv/ready
	@$(BIN)/python freeze.py --out "$(OUT)" --probe "$(BASE_URL)"

test: .venv/ready-to-test browsers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/python -m pytest -n auto

# Every scenario of saving in every engine on top, and every page in every theme and size: about twenty minutes more.
test-all: test browsers-all
	$(BIN)/python -m pytest -n auto -m matrix

# Types, rules and form of the scripts, and calendars as ical.js reads them. The tools come from npm, so this is no part of `make test`.
scripts:
	npm ci --silent --no-audit --no-fund
	npm run --silent check

# What of the guide the tests without browsers run through; with less than the floor in pyproject.toml it fails.
coverage: .venv/ready-to-test
	$(BIN)/python -m pytest -n auto -m "not browser and not matrix" --cov --cov-report=term-missing

# What a screen reader meets on each kind of page, written anew: read the difference over before you commit it.
trees: .venv/ready-to-test browsers
	WRITE_TREES=1 $(BIN)/python -m pytest tests/browser/test_accessibility.py -k reviewed

# One sheet for every kind of page, at every width and in every theme, to look through.
screenshots: .venv/ready-to-test browsers
	$(BIN)/python -m tests.browser.screenshots screenshots

# The booklets as PDF, on A5 and A4, into booklets/. They need the public address: from content/edition.toml, or BASE_URL=.
booklet: build browsers
	@$(BIN)/python -m tests.browser.booklet "$(OUT)" booklets

check: .venv/ready
	@$(BIN)/python -m flask --app guide check
	@$(BIN)/python -m flask --app guide messages status --complete

# All tables take most of an hour; some of them: make bench ONLY="pages saving".
bench: .venv/ready-to-bench browsers
	$(BIN)/python -m bench --times $(TIMES) --only $(ONLY)

lighthouse: .venv/ready-to-test browsers
	$(BIN)/python lighthouse.py

# Visits to a guide that is published again and again by a host that fails in every way.
soak: .venv/ready-to-test browsers
	$(BIN)/python -m tests.browser.soak --visits $(VISITS) --minutes $(MINUTES) --builds $(BUILDS)

# Inputs that nobody would write, to every reader of what people write.
fuzz: .venv/ready-to-test
	$(BIN)/python -m tests.fuzz --minutes $(MINUTES)

messages: .venv/ready
	@$(BIN)/python -m flask --app guide messages extract

browsers: .venv/ready-to-test
	@sh tests/browser/install.sh

browsers-all: .venv/ready-to-test
	@sh tests/browser/install.sh all

# The pinned lists, from what the .in files ask for.
pins: .venv/ready-to-test
	$(BIN)/python -m pip install -q uv
	for list in requirements requirements-dev requirements-bench; do \
	  $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header $$list.in -o $$list.txt; \
	done

clean:
	rm -rf .venv .cache .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache

# An environment that was left half-made, or whose Python is gone or too old, is made anew.
ifneq ($(shell $(BIN)/python -c 'import pip; $(NEW_ENOUGH)' 2>/dev/null && echo good),good)
.venv/ready: anew
endif

.PHONY: anew
anew:
	@"$(PYTHON)" -c '$(NEW_ENOUGH)' 2>/dev/null || { \
	  echo "The guide needs Python 3.11 or newer, and $(PYTHON) is $$("$(PYTHON)" --version 2>/dev/null || echo not there). Name a newer one: make $(or $(MAKECMDGOALS),serve) PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -m venv --clear .venv || { \
	  echo "$(PYTHON) can't make an environment. Install what it asks for above (on Debian: python3-venv), then run make again." >&2; exit 1; }

.venv/ready: requirements.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt || { \
	  echo "What the guide needs could not be installed. With a network, run make again: it goes on where it stopped." >&2; exit 1; }
	@touch $@

.venv/ready-to-test: .venv/ready requirements-dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

.venv/ready-to-bench: .venv/ready-to-test requirements-bench.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch $@
