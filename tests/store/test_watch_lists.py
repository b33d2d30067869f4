"""Lists of denied parties: every publisher's format, what is refused, and what stays in force then."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from models.domain.errors import Misconfigured
from models.domain.screening import ListVersion, WatchList
from models.store.watch_list_files import read_watch_list
from models.store.watch_lists import SqlWatchLists
from tests.domain.made import NOW
from tests.store.watch_list_samples import ALT_CSV, EU_XML, SDN_CSV, SDN_XML, UK_CSV, UN_XML


def read(folder: Path, *contents: str | bytes) -> WatchList:
    files = []
    for number, content in enumerate(contents):
        files.append(folder / f"list-{number}")
        files[-1].write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return read_watch_list(files)


@pytest.mark.parametrize(
    ("contents", "version", "names"),
    [
        ((SDN_CSV, ALT_CSV), None, [("Ilya Petrovich ZAREMBOV", "Ilja ZAREMBOW"), ("QALMARID TRADING FZE",)]),
        ((SDN_XML,), ("OFAC SDN", "11/20/2026"), [("Ilya Petrovich ZAREMBOV", "Ilja ZAREMBOW")]),
        ((EU_XML,), ("EU", "2026-11-19"), [("Vostokgrom Maschinery OAO", "Востокгром Машинери")]),
        ((UN_XML,), ("UN", "2026-11-18"), [("QASHIR AL-DANFAR", "قاشر الدنفر", "Kashir al Danfar"), ("TAWBIR EXCHANGE",)]),
        (
            (UK_CSV,),
            ("UK", "18/11/2026"),
            [("Ilya Petrovich ZAREMBOV", "Ilja ZAREMBOW", "Илья Зарембов"), ("NORDVIR SHIPPING LTD",)],
        ),
    ],
    ids=["OFAC CSV", "OFAC XML", "EU", "UN", "UK"],
)
def test_each_publishers_format_is_read(
    tmp_path: Path, contents: tuple[str, ...], version: tuple[str, str] | None, names: list[tuple[str, ...]]
) -> None:
    """Every name and alias, with the list's own version; the SDN's CSV names none, so its digest does."""
    listed = read(tmp_path, *contents)
    assert [entry.names for entry in listed.entries] == names
    assert (listed.name, listed.version) == (version or ("OFAC SDN", listed.digest[:12]))


def test_kind_programme_and_country_come_with_the_name(tmp_path: Path) -> None:
    """What a reviewer needs to tell a namesake."""
    person, company = read(tmp_path, SDN_CSV).entries
    assert (person.kind, person.programmes) == ("person", ("RUSSIA-EO14024", "CYBER2"))
    assert (company.kind, company.entry_id) == ("entity", "173")
    (entity,) = read(tmp_path, EU_XML).entries
    assert (entity.kind, entity.countries, entity.programmes) == ("entity", ("BY",), ("BLR",))


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (SDN_CSV.replace('173,"QAL', 'x,"QAL'), r"list-0, line 2: is no row of sdn.csv"),
        (SDN_XML.replace("<uid>36</uid>", "<uid></uid>"), r"list-0, line 4: an entry without an id"),
        (EU_XML.replace("wholeName", "halfName"), r"list-0, line 3: an entry without a name"),
        (UN_XML.replace("</ENTITIES>", ""), r"list-0, line \d+: is no well-formed XML"),
        (UK_CSV.replace("Name 6", "Name Six"), r"list-0, line 1: has no header"),
        ("<html/>", r"<html> is the root of no known list"),
        ("", r"holds no entry of a list that is known"),
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sdnList><sdnEntry><uid>1</uid><lastName>&a;</lastName></sdnEntry></sdnList>',
         r"an entry without a name"),
    ],
)  # fmt: skip
def test_a_damaged_list_is_refused_with_its_line(tmp_path: Path, content: str, cause: str) -> None:
    """Rather than screened by half; outside entities are not looked up."""
    with pytest.raises(Misconfigured, match=cause):
        read(tmp_path, content)


def test_a_list_is_replaced_as_a_whole(sqlite_engine: Engine, tmp_path: Path) -> None:
    """And the same file again changes nothing."""
    lists = SqlWatchLists(sqlite_engine)
    assert lists.take(read(tmp_path, SDN_CSV), NOW)
    before = lists.state()
    assert not lists.take(read(tmp_path, SDN_CSV), NOW)
    assert lists.state() == before
    assert lists.take(read(tmp_path, SDN_XML), NOW)
    assert lists.state() != before
    assert [len(listed.entries) for listed in lists.all()] == [1]
    assert lists.versions() == [(ListVersion(name="OFAC SDN", version="11/20/2026"), NOW)]


def test_a_refused_file_leaves_the_last_good_list_in_force(sqlite_engine: Engine, tmp_path: Path) -> None:
    """Nothing was taken of it."""
    lists = SqlWatchLists(sqlite_engine)
    lists.take(read(tmp_path, UK_CSV), NOW)
    with pytest.raises(Misconfigured):
        lists.take(
            read(tmp_path, UK_CSV.replace("ZAREMBOV,Ilya,Petrovich,,,,,Илья Зарембов", ",,,,,,,").replace("ZAREMBOW,Ilja", ",")),
            NOW,
        )
    assert [listed.version for listed in lists.all()] == ["18/11/2026"]
