"""The screening step: goods that the law watches, and parties that nobody may deliver to."""

from __future__ import annotations

from pathlib import Path

from tests.activities.small_shop import open_shop


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
