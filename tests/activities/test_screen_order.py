"""The screening step: goods that the law watches, and parties that nobody may deliver to."""

from __future__ import annotations

from pathlib import Path

from models.domain.screening import WatchEntry, WatchList
from models.store.watch_lists import SqlWatchLists
from tests.activities.small_shop import open_shop
from tests.domain.made import NOW


def test_hazardous_goods_are_noted_and_stop_nothing(tmp_path: Path) -> None:
    """The warehouse reads it."""
    shop = open_shop(tmp_path)
    (shop.folder / "goods_flags.csv").write_text(
        "category,kind,reference,source\nFasteners,hazardous,UN 1950,ADR\n", encoding="utf-8"
    )
    shop.load()
    order = shop.take()
    assert [finding.code for finding in order.findings] == ["hazardous_goods"]
    assert order.open_findings == ()


def test_a_party_that_is_like_a_listed_one_stops_the_order_with_the_lists_version(tmp_path: Path) -> None:
    """Every party is screened against every list in force, and the record says so."""
    shop = open_shop(tmp_path)
    entry = WatchEntry(list_name="EU", entry_id="EU.1", names=("Ada Gesellschaft", "Adda GmbH"))
    SqlWatchLists(shop.engine).take(WatchList(name="EU", version="2026-11-19", digest="d", entries=(entry,)), NOW)
    order = shop.take()
    (finding,) = order.open_findings
    assert (finding.code, finding.expected) == ("denied_party", "Adda GmbH")
    assert order.screening is not None
    assert [(one.name, one.version) for one in order.screening.lists] == [("EU", "2026-11-19")]


def test_without_lists_nobody_is_a_hit_and_the_record_says_so(tmp_path: Path) -> None:
    """An empty list of lists is no pass in silence."""
    order = open_shop(tmp_path).take()
    assert order.screening is not None
    assert (order.screening.lists, order.screening.parties) == ((), ("Ada GmbH", "Ada Werk 2"))
