"""The layers: contracts that hold, and imports that stay light."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = ["sqlalchemy", "pypdfium2", "pdfplumber", "cv2", "lxml", "fastapi", "reportlab", "openpyxl", "rapidfuzz"]


def loaded_by(statement: str) -> set[str]:
    """The top-level modules that a fresh interpreter has loaded after the statement."""
    code = f"import sys; {statement}; print(' '.join({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_contracts_of_the_layers_hold() -> None:
    """import-linter, as `make check` runs it."""
    command = [str(Path(sysconfig.get_path("scripts")) / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("module", ["workflows.order", "workflows.intake", "workflows.client", "models.domain.sales_order"])
def test_importing_what_says_when_loads_nothing_that_says_how(module: str) -> None:
    """No database, PDF library or web framework comes with a workflow."""
    assert loaded_by(f"import {module}").isdisjoint(HEAVY)


@pytest.mark.parametrize("module", ["models.domain.sales_order", "models.contracts.extraction_v1", "parsers.reading"])
def test_what_is_pure_does_not_know_the_engine(module: str) -> None:
    """Domain, contracts and parsers work where no Temporal is."""
    assert "temporalio" not in loaded_by(f"import {module}")


def test_the_command_line_answers_help_without_loading_the_heavy_parts() -> None:
    """`orderwright --help` is quick."""
    assert loaded_by("import entrypoints.cli").isdisjoint([*HEAVY, "temporalio"])
