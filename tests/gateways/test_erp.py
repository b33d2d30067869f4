"""The ERP's folder: one file per order, whatever happens."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from activities.gateways.erp import CANCELLATION_SCHEMA, SCHEMA, FileErp
from activities.outside_ports import Erp
from models.domain.errors import Misconfigured, Unavailable
from tests.store.samples import BERLIN, order


class CountingNumbers:
    """A gapless range in memory."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}
        self._lock = threading.Lock()

    def number(self, range_name: str, key: str) -> int:
        with self._lock:
            return self._given.setdefault(key, len(self._given) + 1)

    def known(self, range_name: str, key: str) -> int | None:
        return self._given.get(key)


def posted(root: Path) -> dict[str, Any]:
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in root.glob("*.json")}


def test_an_order_is_one_file_however_often_it_is_posted(tmp_path: Path) -> None:
    """From many steps at once."""
    erp: Erp = FileErp(tmp_path, CountingNumbers())
    with ThreadPoolExecutor(8) as pool:
        references = set(pool.map(lambda _: erp.create_sales_order(order(1, "100")), range(16)))
    assert (references, list(posted(tmp_path))) == ({"SO-100001"}, ["SO-100001.json"])


def test_orders_are_numbered_one_after_the_other(tmp_path: Path) -> None:
    """Each has a file of its own."""
    erp = FileErp(tmp_path, CountingNumbers())
    assert [erp.create_sales_order(order(number)) for number in (1, 2, 1)] == ["SO-100001", "SO-100002", "SO-100001"]


def test_a_file_says_what_was_sold_to_whom(tmp_path: Path) -> None:
    """Amounts as decimal strings, umlauts as they are."""
    FileErp(tmp_path, CountingNumbers()).create_sales_order(order(1, "100.50").model_copy(update={"ship_to": BERLIN}))
    file = posted(tmp_path)["SO-100001.json"]
    assert (file["schema"], file["number"], file["order_id"]) == (SCHEMA, "SO-100001", "order:10010:1")
    assert (file["net"], file["tax"]["total"], file["gross"]) == ("100.50", "19.0950", "119.5950")
    assert (file["lines"][0]["sku"], file["lines"][0]["base"]["quantity"]) == ("HX-M8-40", "5")
    assert "Ada & Söhne" in (tmp_path / "SO-100001.json").read_text(encoding="utf-8")


def test_a_changed_order_does_not_rewrite_what_was_posted(tmp_path: Path) -> None:
    """The ERP may have taken it already."""
    erp = FileErp(tmp_path, CountingNumbers())
    erp.create_sales_order(order(1, "100"))
    erp.create_sales_order(order(1, "999"))
    assert posted(tmp_path)["SO-100001.json"]["net"] == "100"


def test_a_number_that_is_another_orders_stops_everything(tmp_path: Path) -> None:
    """A range set back to a backup must not hide an order behind an old one."""
    FileErp(tmp_path, CountingNumbers()).create_sales_order(order(1))
    with pytest.raises(Misconfigured, match="order:10010:1"):
        FileErp(tmp_path, CountingNumbers()).create_sales_order(order(2))


def test_a_folder_that_cannot_be_written_is_unavailable(tmp_path: Path) -> None:
    """And its number is not lost: the next try gets the same."""
    numbers = CountingNumbers()
    (tmp_path / "erp").write_text("in the way")
    with pytest.raises(Unavailable):
        FileErp(tmp_path / "erp", numbers).create_sales_order(order(1))
    (tmp_path / "erp").unlink()
    assert FileErp(tmp_path / "erp", numbers).create_sales_order(order(1)) == "SO-100001"


def test_what_is_taken_back_stands_beside_the_order_once(tmp_path: Path) -> None:
    """However often it is said."""
    erp = FileErp(tmp_path, CountingNumbers())
    erp.create_sales_order(order(1))
    for _ in range(2):
        erp.cancel_sales_order(order(1), {1: Decimal(3)})
    cancelled = posted(tmp_path)["SO-100001.cancelled-1.json"]
    assert cancelled["schema"] == CANCELLATION_SCHEMA
    assert (cancelled["number"], cancelled["lines"]) == ("SO-100001", [{"number": 1, "base": {"quantity": "3", "unit": None}}])


def test_what_is_taken_back_later_stands_in_a_file_of_its_own(tmp_path: Path) -> None:
    """With all that will not come; said again, neither is written again."""
    erp = FileErp(tmp_path, CountingNumbers())
    erp.create_sales_order(order(1))
    for left in ("3", "5", "3", "5"):
        erp.cancel_sales_order(order(1), {1: Decimal(left)})
    files = {name: document["lines"][0]["base"]["quantity"] for name, document in posted(tmp_path).items() if "cancelled" in name}
    assert files == {"SO-100001.cancelled-1.json": "3", "SO-100001.cancelled-2.json": "5"}


def test_an_order_that_never_came_is_not_taken_back(tmp_path: Path) -> None:
    """Neither a file nor a number is spent on it."""
    numbers = CountingNumbers()
    erp = FileErp(tmp_path, numbers)
    erp.cancel_sales_order(order(1), {1: Decimal(3)})
    assert posted(tmp_path) == {}
    assert erp.create_sales_order(order(2)) == "SO-100001"
