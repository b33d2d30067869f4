"""What the README claims is there, without running it."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess

import pytest

from settings import Settings
from tests.docs.readme import INLINE_MAKE, ROOT, TEXT, code_spans, journey_rows, linked_files, named_files


def definitions(folder: str) -> set[str]:
    """The names of all functions and classes in a package."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    files = (ROOT / folder).rglob("*.py")
    trees = (ast.walk(ast.parse(path.read_text(encoding="utf-8"))) for path in files)
    return {node.name for tree in trees for node in tree if isinstance(node, kinds)}


@pytest.mark.parametrize("path", named_files())
def test_a_file_that_is_named_exists(path: str) -> None:
    """Tables of paths rot first."""
    assert (ROOT / path).is_file()


@pytest.mark.parametrize("path", linked_files())
def test_a_link_leads_somewhere(path: str) -> None:
    """Pictures, documents and folders alike."""
    assert (ROOT / path).exists()


def test_the_journeys_workflows_and_activities_exist_under_these_names() -> None:
    """Every step of the table can be found in the Temporal UI by its name."""
    rows = journey_rows()
    assert len(rows) >= 15
    workflows = {name for row in rows for name in code_spans(row[1])}
    activities = {name for row in rows for name in code_spans(row[2])}
    assert workflows <= definitions("workflows")
    assert activities <= definitions("activities")


@pytest.mark.parametrize("command", INLINE_MAKE)
def test_a_make_command_within_a_sentence_is_understood(command: str) -> None:
    """The target exists and its recipe can be put together."""
    done = subprocess.run(["make", "-n", *shlex.split(command)[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_setting_that_is_named_exists() -> None:
    """A setting that nobody reads would be ignored in silence."""
    known = {f"ORDERWRIGHT_{name.upper()}" for name in Settings.model_fields}
    named = set(re.findall(r"ORDERWRIGHT_[A-Z_]+", TEXT))
    assert named
    assert named <= known
