"""The list of finding codes is whole: what it lacks, a policy could not name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from models.domain import budget_standing, model_question
from models.domain.finding_codes import FINDING_CODES, unknown_code
from models.domain.policy import NEVER_WAIVED
from models.domain.question_points import OURS

ROOT = Path(__file__).parents[2]
#: What can refuse a document, and becomes a doubt about it then.
_READER = ROOT / "activities" / "gateways"
_REFUSING = (ROOT / "parsers", _READER / "document_reader.py", _READER / "reading_server.py")
_NAMES = re.compile(r"finding|problem|doubt|fault|checked|conflict|_goods", re.IGNORECASE)
#: Whose first argument is the code.
_FIRST = re.compile(r"_finding|^problem|_problem|doubt|fault|_goods")
_CODE = re.compile(r"[a-z]+(_[a-z]+)*")


def named_in(path: Path, *, refusals: bool) -> Iterator[str]:
    """The codes of the findings and problems that a module makes, as far as they stand there as text."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if _NAMES.search(name) or (refusals and name == "Rejected"):
            values = [each for keyword in node.keywords if keyword.arg == "code" for each in ast.walk(keyword.value)]
            values += node.args[:1] if _FIRST.search(name) else []
            yield from (value for each in values if isinstance(each, ast.Constant) and isinstance(value := each.value, str))


def test_every_code_that_is_given_is_on_the_list() -> None:
    """Add what is missing to models/domain/finding_codes.py."""
    refusing = {path for place in _REFUSING for path in (place.rglob("*.py") if place.is_dir() else [place])}
    every = {path for folder in ("parsers", "models", "activities") for path in (ROOT / folder).rglob("*.py")}
    given = {code for path in every for code in named_in(path, refusals=path in refusing) if _CODE.fullmatch(code)}
    assert given - FINDING_CODES == set()
    assert len(given) > 100


def test_what_policies_and_questions_speak_of_is_on_the_list() -> None:
    """Codes that stand in other lists are codes."""
    assert NEVER_WAIVED | OURS | {budget_standing.CODE, model_question.CODE} <= FINDING_CODES


def test_a_misspelt_code_is_told_with_the_nearest_name() -> None:
    """As a person would."""
    assert unknown_code("price_missmatch") == "no finding is called 'price_missmatch'; did you mean price_mismatch?"
    assert unknown_code("price_mismatch") is None
    assert "did you mean" not in (unknown_code("xyzzy") or "")
