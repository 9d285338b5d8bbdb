# The words that CONTRIBUTING.md uses.  `make` is on every Linux and macOS; on Windows type the lines.
.PHONY: setup test all lint types
bin = .venv/bin

setup: # an environment with the locked libraries, and parplan as it stands here
	python3 -m venv .venv
	$(bin)/pip install -q --require-hashes -r .ci/requirements-dev.lock
	$(bin)/pip install -q --no-deps -e .

test: # the quick tests
	$(bin)/pytest -n 2 --dist worksteal

all: # what is committed, from nothing: every test, wheel, lowest and newest libraries
	.ci/run

lint:
	$(bin)/ruff check .
	$(bin)/ruff format --check .

types:
	$(bin)/mypy
