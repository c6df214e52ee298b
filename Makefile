# Everything runs in a virtual environment of its own; nothing outside this folder is touched.
PYTHON ?= python3
BIN = .venv/bin
QUESTION = why did the coalition refuse Moscow?

.PHONY: install demo test fix

install: .venv/installed

.venv/installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Footnote needs Python 3.11 or newer; name one: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

demo: install
	@$(BIN)/footnote index build --articles corpus/articles --data data/demo
	@$(BIN)/footnote ask "$(QUESTION)" --data data/demo

# A thread each, since the tests share the processors: two that wait for each other take longer. What
# is compiled is kept, whatever the environment says: tests start the program dozens of times.
test: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --num-workers auto
	PYTHONDONTWRITEBYTECODE= OMP_NUM_THREADS=1 $(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist worksteal

fix: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
