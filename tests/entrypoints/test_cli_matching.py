"""The commands that match goods in files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from entrypoints.cli import app
from models.domain.catalogue import CustomerItem
from models.domain.errors import Rejected
from models.domain.identifiers import CustomerNumber, Sku
from models.store.schema import migrate
from models.store.session import engine_for, writing
from models.store.tables import customer_item
from settings import Settings

CATALOGUE = (
    b"sku,gtin,manufacturer,mpn,description,unit,pack_size,category,attributes\n"
    b"HAM,4006381333931,,,Claw hammer 500 g,C62,,,\n"
    b"SAW,4006381333932,,,Hand saw 550 mm,C62,,,\n"
)


def run(tmp_path: Path, command: str, **files: bytes) -> Result:
    named = [word for name, content in files.items() for word in (f"--{name}", str(_written(tmp_path / name, content)))]
    return CliRunner().invoke(app, [command, *named])


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_every_query_has_an_answer_in_its_place(tmp_path: Path) -> None:
    """Also the one that cannot be read, which the exit status tells."""
    queries = b'{"id": "a", "query": "hand saw 550mm"}\nnonsense\n{"id": "b", "query": "office chair"}\n'
    result = run(tmp_path, "match-items", catalogue=CATALOGUE, queries=queries)
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(each["id"], each["accept"]) for each in answers] == [("a", True), (None, False), ("b", False)]
    assert (answers[0]["candidates"][0]["sku"], result.exit_code) == ("SAW", 1)


def test_wrong_rows_of_the_catalogue_are_told_on_standard_error(tmp_path: Path) -> None:
    """By line, with what is wrong."""
    result = run(tmp_path, "match-items", catalogue=CATALOGUE, queries=b'{"id": 1, "query": "saw"}\n')
    assert "line 3: '4006381333932' is not a GTIN" in result.stderr
    assert result.exit_code == 0


def test_a_customers_own_numbers_name_our_items(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the company's books know them; without the customer the number says nothing."""
    monkeypatch.setenv("ORDERWRIGHT_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("ORDERWRIGHT_DATABASE_URL", "")
    migrate(Settings().database)
    number = CustomerItem(customer_number=CustomerNumber("10010"), customer_part_number="70-99", sku=Sku("SAW"))
    with writing(engine_for(Settings().database)) as connection:
        key = {"customer_number": number.customer_number, "customer_part_number": "70-99", "number_key": "7099"}
        connection.execute(customer_item.insert().values(**key, document=number))
    queries = b'{"id": "a", "customer_part_number": "70-99"}\n'
    without = json.loads(run(tmp_path, "match-items", catalogue=CATALOGUE, queries=queries).stdout)
    files = ["--catalogue", str(tmp_path / "catalogue"), "--queries", str(tmp_path / "queries")]
    named = json.loads(CliRunner().invoke(app, ["match-items", *files, "--customer", "10010"]).stdout)
    assert (without["accept"], named["accept"], named["candidates"][0]["sku"]) == (False, True, "SAW")


def test_pairs_are_judged_in_their_order(tmp_path: Path) -> None:
    """With a probability each."""
    pairs = (
        b'{"id": 1, "left": {"name": "canon pixma ip1600 printer"}, "right": {"name": "canon ip-1600 pixma printer"}}\n'
        b'{"id": 2, "left": {"name": "oak table large"}, "right": {"name": "led lamp gx53"}}\n'
    )
    result = run(tmp_path, "match-pairs", pairs=pairs)
    verdicts = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(each["id"], each["match"]) for each in verdicts] == [(1, True), (2, False)]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """With what it should be."""
    result = CliRunner().invoke(app, ["match-pairs", "--pairs", str(tmp_path / "none.jsonl")])
    assert isinstance(result.exception, Rejected)
    with pytest.raises(Rejected, match=r"none\.jsonl cannot be read"):
        raise result.exception
