# Every target makes the environment it needs in .venv. Python 3.11 or later is all that must be there.
PYTHON ?= python3
BIN := .venv/bin
SAMPLE := samples/work-report/in.txt
FUZZ ?= 20
SECONDS ?= 60

.DEFAULT_GOAL := help
.PHONY: help demo test lint docs golden fuzz bench profile ecosystem dist clean

help: ## what there is to make
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

.venv/tool: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

# What only its developers need is large: engines of clusters among it. Trying the tool must not wait for that.
.venv/ready: .venv/tool
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: .venv/tool ## clean a sample, and show what was changed and what a reader should look at
	@$(BIN)/texttool clean --verbose $(SAMPLE)
	@echo
	@$(BIN)/texttool lint --exit-zero --select ST --select DP $(SAMPLE)

test: .venv/ready lint ## style, types and every test
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: .venv/ready ## ruff and mypy, and whether what is made of rules/ is current
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m texttool.report.rulelist --check docs/rules.md
	$(BIN)/python rules/tables/make_compiled.py --check
	$(BIN)/python docs/make_pictures.py --check
	$(BIN)/python -m docs.make --check

docs: .venv/ready ## write what is made of code, rules and samples: pages and pictures of docs/, tables of rules
	$(BIN)/python -m texttool.report.rulelist docs/rules.md
	$(BIN)/python rules/tables/make_compiled.py
	$(BIN)/python docs/make_pictures.py
	$(BIN)/python -m docs.make

golden: .venv/ready ## write the expected output of the samples anew; read the diff before you commit it
	$(BIN)/python -m tests.golden

fuzz: .venv/ready ## the laws with FUZZ times as many examples, then each target of atheris for SECONDS
	FUZZ=$(FUZZ) $(BIN)/python -m pytest tests/test_laws.py tests/test_edits.py tests/test_fuzz.py
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[fuzz]'
	$(BIN)/python -m tests.fuzzing $(SECONDS)

bench: .venv/ready ## texttool beside its peers, in one run: writes bench/RESULTS.md (a part: python -m bench NAME)
	$(BIN)/python -m bench.peers

profile: .venv/ready ## where the time of clean goes, by stage
	$(BIN)/python -m bench.profile

ecosystem: .venv/ready ## compare what this tree makes of CORPUS=dir with what BASE makes of it (default: the last release)
	$(BIN)/python -m bench.ecosystem $(CORPUS) $(BASE)

dist: .venv/ready ## build sdist and wheel, and try the wheel in an environment of its own
	rm -rf dist build/try
	$(BIN)/python -m build
	$(PYTHON) -m venv build/try
	build/try/bin/python -m pip install --quiet --disable-pip-version-check dist/*.whl
	cd / && $(CURDIR)/build/try/bin/texttool clean --quiet $(CURDIR)/$(SAMPLE) | cmp - $(CURDIR)/samples/work-report/out.txt
	build/try/bin/python -m pip check

clean: ## remove what was made
	rm -rf .venv build dist
