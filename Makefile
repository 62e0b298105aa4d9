# Two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test check bench requirements docs reference screenshots page-weight openapi dist clean compose-secrets test-compose test-ftm

demo: $(VENV)/.ready
	$(BIN)/lookthrough up --demo

test: $(VENV)/.ready-dev
	$(BIN)/pytest

check: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.ready-dev
	$(BIN)/python -m bench
	$(BIN)/python -m bench.loading

requirements: ## pin every dependency anew (needs uv)
	uv pip compile pyproject.toml --group build $(PINS) -o requirements-service.txt
	uv pip compile pyproject.toml --extra embedded --group build $(PINS) -o requirements.txt
	uv pip compile pyproject.toml --extra embedded --group dev $(PINS) -o requirements-dev.txt
	uv pip compile tests/followthemoney/requirements.in $(PINS) -o tests/followthemoney/requirements.txt

docs: $(VENV)/.ready-dev ## the pages as a site, in build/site; a warning is an error
	$(BIN)/zensical build --strict --clean

reference: $(VENV)/.ready-dev ## what the documents take from the code, anew
	$(BIN)/python -m tools.reference

screenshots: $(VENV)/.ready-dev ## docs/images anew (needs Chromium)
	$(BIN)/python -m tools.screenshots

page-weight: $(VENV)/.ready-dev ## docs/page-weight.md anew (needs Chromium)
	$(BIN)/python -m tools.page_weight

openapi: $(VENV)/.ready-dev ## docs/openapi.json anew, from the application
	$(BIN)/python -m tools.openapi

dist: export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct)
dist: $(VENV)/.ready-dev ## wheel, sdist and what runs with them (CycloneDX): the same bytes for the same commit
	rm -rf dist
	$(BIN)/python -m hatchling build
	$(BIN)/python -m tools.sbom dist/lookthrough.cdx.json

PINS := --python-version 3.11 --universal --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --upgrade

COMPOSE_SECRETS ?= secrets

compose-secrets: $(COMPOSE_SECRETS)/neo4j_auth ## a password for docker compose, once

# The containers run as other users: the files are readable, the folder keeps everybody else out.
$(COMPOSE_SECRETS)/neo4j_auth:
	@umask 077 && mkdir -p $(@D)
	@$(PYTHON) -c 'import secrets; print(secrets.token_hex(24))' > $(@D)/neo4j_password
	@printf 'neo4j/%s\n' "$$(cat $(@D)/neo4j_password)" > $@
	@chmod 0444 $(@D)/neo4j_password $@
	@echo "A password for Neo4j is in $(@D)/neo4j_password (user neo4j)."

test-compose: $(VENV)/.ready-dev ## the containers: up, load, ask, kill, down, up again (needs Docker)
	$(BIN)/pytest tests/compose -q

test-ftm: $(VENV)/.ready-dev .venv-ftm/.ready ## exports, read by the FollowTheMoney library (needs ICU with headers)
	$(BIN)/pytest tests/followthemoney -q

clean:
	rm -rf $(VENV) .venv-ftm build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.ready: requirements.txt pyproject.toml
	@echo "Setting up $(VENV): Python packages, once."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.ready-dev: requirements-dev.txt $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# An environment of its own: the library would bring its versions of what the service uses.
.venv-ftm/.ready: tests/followthemoney/requirements.txt
	$(PYTHON) -m venv .venv-ftm
	.venv-ftm/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@
