"""The search of the order flow: a shared index that follows the catalogue, and a judge that takes only what is meant."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from activities.ports import ItemSearch
from models.ml.catalogue_search import CatalogueSearch, catalogue_index
from models.ml.goods import Goods, goods_of
from models.ml.item_judge import shipped_judge
from models.ml.item_matcher import ItemMatcher
from models.ml.shared_index import SharedIndex
from tests.ml.test_item_matcher import CATALOGUE

HAMMER = Goods(sku="HAM-500", texts=("Claw hammer 500 g",))


class Shelf:
    """Goods with a version, and how often they were read."""

    def __init__(self, *more: Goods) -> None:
        self.goods = [*goods_of(CATALOGUE), *more]
        self.version = 1
        self.read = 0

    def index(self, place: Path) -> SharedIndex[ItemMatcher]:
        return catalogue_index(self._all, lambda: str(self.version), place, pause=0, patience=30)

    def _all(self) -> list[Goods]:
        self.read += 1
        return list(self.goods)


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> ItemSearch:
    shelf = Shelf(Goods(sku="TWIN-1", texts=("Twin hook chrome",)), Goods(sku="TWIN-2", texts=("Twin hook chrome",)))
    return CatalogueSearch(shelf.index(tmp_path_factory.mktemp("index") / "items"), shipped_judge())


@pytest.mark.parametrize(
    ("text", "sku"),
    [
        ("Hex head bolt DIN 933 M8x40 8.8, zinc plated", "HB-M8X40-ZN"),
        ("Sechskantschraube DIN 933 M8x40 8.8 verzinkt", "HB-M8X40-ZN"),
        ("Nitrile disposable gloves blue L", "NG-BU-L"),
    ],
)
def test_words_that_mean_one_item_are_enough(search: ItemSearch, text: str, sku: str) -> None:
    """Above the judge's threshold, with nothing near."""
    best, second = search.candidates(text, 2)
    assert (best.value, best.score >= search.accept) == (sku, True)
    assert best.score - second.score > 0.1


@pytest.mark.parametrize(
    "text", ["office chair black adjustable", "ball bearing 6204-2RS", "hydraulic oil HLP 46, 20 l", "Bolzen"]
)
def test_what_we_do_not_sell_is_taken_for_nothing(search: ItemSearch, text: str) -> None:
    """Whatever shares a word with it."""
    assert all(candidate.score < search.accept for candidate in search.candidates(text, 5))


def test_one_text_under_two_numbers_is_a_tie(search: ItemSearch) -> None:
    """Words cannot tell which is meant: each is as likely as the other."""
    best, second = search.candidates("Twin hook chrome", 2)
    assert {best.value, second.value} == {"TWIN-1", "TWIN-2"}
    assert best.score == second.score < search.accept


def test_a_number_with_a_slip_proposes_its_only_neighbour(search: ItemSearch) -> None:
    """One sign swapped: likely enough to propose, too little to take."""
    (near,) = search.nearly_numbered("HB-M8X04-ZN")
    assert (near.value, 0.6 <= near.score < search.accept) == ("HB-M8X40-ZN", True)


def test_neighbours_of_a_number_share_what_it_is_worth(search: ItemSearch) -> None:
    """A slip away from several, it proposes none of them."""
    near = search.nearly_numbered("ROD-3000")
    assert len(near) > 1
    assert max(candidate.score for candidate in near) < 0.6


def test_a_changed_catalogue_is_found_without_a_restart(tmp_path: Path) -> None:
    """The version is looked at again soon; the other worker opens what the first built."""
    shelf = Shelf()
    one, other = (CatalogueSearch(shelf.index(tmp_path / "items"), shipped_judge()) for _ in range(2))
    assert [list(search.candidates(HAMMER.label)) for search in (one, other)] == [[], []]
    assert shelf.read == 1
    shelf.goods.append(HAMMER)
    shelf.version = 2
    assert [search.candidates(HAMMER.label)[0].value for search in (one, other)] == ["HAM-500", "HAM-500"]
    assert shelf.read == 2


def test_questions_go_on_with_the_old_index_while_a_large_one_is_built(tmp_path: Path) -> None:
    """And the new one is there as soon as it is whole."""
    release, shelf = threading.Event(), Shelf()
    release.set()

    def slowly() -> list[Goods]:
        release.wait(30)
        return list(shelf.goods)

    index = catalogue_index(slowly, lambda: str(shelf.version), tmp_path / "items", pause=0, patience=0.01)
    assert index.current().found(HAMMER.label) == []
    release.clear()
    shelf.goods.append(HAMMER)
    shelf.version = 2
    assert index.current().found(HAMMER.label) == []
    release.set()
    while not (found := index.current().found(HAMMER.label)):
        pass
    assert [each.goods.sku for each in found] == ["HAM-500"]


def test_an_index_that_cannot_be_built_says_so_and_is_tried_again(tmp_path: Path) -> None:
    """A database that is away at the start is no index for ever."""
    shelf, is_away = Shelf(), [True]

    def goods() -> list[Goods]:
        if is_away.pop() if is_away else False:
            raise ConnectionError("away")
        return shelf.goods

    index = catalogue_index(goods, lambda: "1", tmp_path / "items")
    with pytest.raises(ConnectionError):
        index.current()
    assert len(index.current().index) == len(shelf.goods)


def test_what_a_dead_builder_left_is_cleared_away(tmp_path: Path) -> None:
    """And a torn index is built anew."""
    (tmp_path / ".items.dead").mkdir(parents=True)
    (tmp_path / "items").mkdir()
    Shelf().index(tmp_path / "items").current()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["items", "items.lock"]
