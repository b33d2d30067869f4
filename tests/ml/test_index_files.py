"""The files of a search index: whole or not there, and the same answers from them as from what they were made of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ml.goods import Goods
from models.ml.index_building import build
from models.ml.index_files import posted, sorted_words, version_at
from models.ml.retrieval import ItemIndex

HOLDER = Goods(
    sku="TL-101", texts=("White hanging heart t-light holder",), mpn="WH-44O01", gtin="04012345000016", manufacturer="Lumo"
)
ZINC = Goods(sku="TL-102", texts=("Zinc star lantern",), packs=("6",), category="lights")
TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x1e\x1f"), max_size=40)


def opened(place: Path, *goods: Goods) -> ItemIndex:
    build(goods, place, "1")
    return ItemIndex(place)


@given(st.lists(st.text(alphabet="abcé", min_size=1, max_size=6), max_size=30))
def test_a_word_is_found_under_its_number(words: list[str]) -> None:
    """Words that are there have a number, and the number their word."""
    known, numbers = sorted_words(words, 32)
    assert [known.word(int(number)) for number in numbers] == words
    assert [known.find(word) for word in words] == numbers.tolist()


@given(st.lists(st.integers(0, 5), max_size=40))
def test_postings_give_back_every_pair(keys: list[int]) -> None:
    """Each key its rows, ascending."""
    known, numbers = sorted_words([str(key) for key in keys], 4)
    postings = posted(numbers, np.arange(len(keys), dtype=np.int32), len(known))
    for key in set(keys):
        rows = postings.of(known.find(str(key))).tolist()
        assert rows == [row for row, other in enumerate(keys) if other == key]


@given(sku=TEXT, texts=st.lists(TEXT.filter(bool), max_size=3), maker=TEXT)
def test_a_record_gives_back_its_goods(sku: str, texts: list[str], maker: str) -> None:
    """Whatever stands in the texts."""
    goods = Goods(sku=sku, texts=tuple(texts), manufacturer=maker)
    assert Goods.recorded(goods.record()) == goods


def test_goods_come_back_from_the_files(tmp_path: Path) -> None:
    """By row."""
    index = opened(tmp_path / "index", HOLDER, ZINC)
    assert (len(index), index.goods(0), index.goods(1)) == (2, HOLDER, ZINC)


@pytest.mark.parametrize("number", ["TL-101", "tl101", "WH-44001", "wh 44o01", "4012345000016", "04012345000016"])
def test_numbers_find_their_goods(tmp_path: Path, number: str) -> None:
    """Without regard to case, marks, leading zeros of a GTIN, and O for 0."""
    assert opened(tmp_path / "index", HOLDER, ZINC).bearing(number) == (0,)


@pytest.mark.parametrize("number", ["WH-44101", "WH-4401", "WH-440001", "HW-44001"])
def test_a_slip_in_a_number_still_finds_the_goods(tmp_path: Path, number: str) -> None:
    """One sign wrong, missing, too many, or swapped."""
    index = opened(tmp_path / "index", HOLDER, ZINC)
    assert (index.bearing(number), index.nearly_bearing(number)) == ((), (0,))


@pytest.mark.parametrize("word", ["hldr", "holdr", "hodler", "holders", "hold"])
def test_words_are_known_as_people_write_them(tmp_path: Path, word: str) -> None:
    """Short forms, slips and endings."""
    assert opened(tmp_path / "index", HOLDER, ZINC).alike(word)["holder"] >= 0.7


def test_an_index_that_lacks_a_part_is_none(tmp_path: Path) -> None:
    """What a crash or a full disk leaves is not taken for an index."""
    place = tmp_path / "index"
    build([HOLDER], place, "7")
    whole = version_at(place)
    (place / "words.npy").write_bytes((place / "words.npy").read_bytes()[:-1])
    assert (whole, version_at(place), version_at(tmp_path / "nowhere")) == ("7", None, None)


def test_a_build_that_fails_leaves_the_old_index_as_it_was(tmp_path: Path) -> None:
    """And nothing beside it."""

    def broken() -> Iterator[Goods]:
        yield HOLDER
        raise OSError("the disk is full")

    place = tmp_path / "index"
    build([ZINC], place, "1")
    with pytest.raises(OSError, match="full"):
        build(broken(), place, "2")
    assert (version_at(place), [path.name for path in tmp_path.iterdir()]) == ("1", ["index"])


def test_readers_keep_the_index_that_they_opened(tmp_path: Path) -> None:
    """While a newer one takes its place."""
    place = tmp_path / "index"
    index = opened(place, HOLDER)
    newer = opened(place, ZINC)
    assert (index.goods(0), newer.goods(0)) == (HOLDER, ZINC)
