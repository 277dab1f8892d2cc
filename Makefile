# On a fresh machine two commands do all the set-up: `make serve` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
POOL := index_data/pool

.PHONY: install serve check test test-lowest test-slow test-faults test-ray bench tables screenshots sample vectors wheel clean

install: $(VENV)/installed

# by their hashes; torch apart and by its exact pin: an open range would bring a build with gigabytes of CUDA
$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check torch==2.13.0
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

serve: install  ## ingest the sample pool and serve it on 127.0.0.1:8000
	$(BIN)/recommender demo --data $(POOL)

check: install  ## lint, format, types, import order
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check  ## everything a change must pass: all tests but those of test-slow, test-faults and test-ray
	$(BIN)/pytest -n 2 -m "not slow and not faults and not ray"

test-lowest:  ## the same tests with the lowest versions that pyproject.toml allows
	$(PYTHON) -m venv .venv-lowest
	.venv-lowest/bin/pip install --quiet --disable-pip-version-check --no-deps -r tests/lowest.txt
	.venv-lowest/bin/pip install --quiet --disable-pip-version-check -c tests/lowest.txt torch==2.13.0
	.venv-lowest/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	# old releases warn of what newer ones beside them deprecate
	.venv-lowest/bin/pytest -n 2 -W default -m "not slow and not faults and not ray"

test-slow: install  ## minutes long: real data (where ../shared lies beside the checkout), soak
	$(BIN)/pytest -m slow

test-faults: install  ## crash loops and injected disk faults at full length
	$(BIN)/pytest -m faults

test-ray: install  ## matching on a Ray cluster of three nodes; installs the extra, of some 80 MB
	$(BIN)/pip install --quiet --disable-pip-version-check -e ".[ray]"
	$(BIN)/pytest -m ray

bench: install  ## every benchmark but the mutation run, which takes hours; rewrites benchmarks/results/ and benchmarks/README.md
	for name in $(filter-out mutation,$(basename $(notdir $(wildcard benchmarks/results/*.json)))); do $(BIN)/python -m benchmarks.$$name || exit 1; done
	$(BIN)/python -m benchmarks.tables

tables: install  ## benchmarks/README.md from benchmarks/results/
	$(BIN)/python -m benchmarks.tables

screenshots: install  ## docs/screenshots from the pages over the sample pool
	$(BIN)/python -m docs.screenshots

sample: install  ## write the sample pool again from its seed
	$(BIN)/python -m index_data.generator --out index_data/sample/profiles.jsonl.gz

vectors: install  ## write the sample pool's embeddings again, after a change of encoder or passages
	$(BIN)/recommender encode index_data/sample/profiles.jsonl.gz --out index_data/sample/vectors.npz

wheel: install
	$(BIN)/python -m build --wheel

clean:
	rm -rf $(VENV) .venv-lowest $(POOL) dist build
