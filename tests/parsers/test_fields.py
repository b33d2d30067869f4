"""An order's head out of labelled values, and parties out of blocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.contracts.extraction_v1 import PartyV1
from models.domain.findings import Severity
from parsers.fields import LabelledValue, header_from, party_from_block
from parsers.values.numbers import NumberStyle
from tests.parsers.tables.grids import box

US, DE, OPEN = NumberStyle(".", "mdy"), NumberStyle(",", "dmy"), NumberStyle(".", None)


def labelled(field: str, text: str, strength: float = 1.0, label: str = "") -> LabelledValue:
    """A value by its label."""
    return LabelledValue(field, label or field, box(text), strength)


def party(*lines: str, hint: str | None = None) -> dict[str, str]:
    """The party of a block by field."""
    found = party_from_block([box(line) for line in lines], country_hint=hint)
    return {name: value.value for name in PartyV1.model_fields if (value := getattr(found, name)) is not None}


def test_a_number_with_its_day_behind_is_parted() -> None:
    """ "4711 vom 03.11.2026" is a number and an order date."""
    header = header_from([labelled("po_number", "4711 vom 03.11.2026")], DE)
    assert header.po_number is not None
    assert header.order_date is not None
    assert (header.po_number.value, header.order_date.value) == ("4711", "2026-11-03")


def test_a_number_stated_twice_beats_a_single_one() -> None:
    """What several places state is likelier than what one does."""
    header = header_from(
        [labelled("po_number", "Y-1", 0.9), labelled("po_number", "X-99", 0.85), labelled("po_number", "x-99", 0.85)], US
    )
    assert header.po_number is not None
    assert header.po_number.value == "X-99"


def test_a_well_labelled_number_beats_a_weakly_labelled_one() -> None:
    """ "PO Number" is worth more than "Reference"."""
    header = header_from([labelled("po_number", "R-1", 0.5), labelled("po_number", "X-99", 0.95)], US)
    assert header.po_number is not None
    assert header.po_number.value == "X-99"


@pytest.mark.parametrize(
    "text",
    ["see below", "03.11.2026", "+49 30 1234567", "GB82 WEST 1234 5698 7654 32", "n/a", "____", "orders@buyer.example", "x" * 60],
)
def test_what_has_not_the_form_of_a_number_is_no_po_number(text: str) -> None:
    """Sentences, dates, telephones, accounts and blanks under the label are dropped."""
    assert header_from([labelled("po_number", text)], DE).po_number is None


def test_two_different_numbers_are_pointed_out() -> None:
    """A person should know when two places disagree."""
    header = header_from([labelled("po_number", "X-99", label="Order"), labelled("po_number", "Y-1", label="PO No.")], US)
    assert [problem.code for problem in header.problems] == ["several_po_numbers"]


def test_two_numbers_under_the_same_label_are_two_orders() -> None:
    """Slips copied onto one sheet: nobody can tell which lines are whose without looking."""
    slips = [labelled("po_number", number, label="Order No.") for number in ("8", "9")]
    (problem,) = header_from(slips, US).problems
    assert (problem.code, problem.severity) == ("several_po_numbers", Severity.ERROR)


def test_open_dates_are_read_so_that_nothing_is_wanted_before_it_is_ordered() -> None:
    """4/3 and 3/11: only day before month puts the order first."""
    header = header_from([labelled("order_date", "4/3/24"), labelled("requested_delivery_date", "3/11/24")], OPEN)
    assert header.order_date is not None
    assert header.requested_delivery_date is not None
    assert (header.order_date.value, header.requested_delivery_date.value) == ("2024-03-04", "2024-11-03")
    assert header.order_date.confidence < 0.9


def test_dates_that_stay_open_are_doubted() -> None:
    """Both readings are possible: the one that is given says so."""
    header = header_from([labelled("order_date", "4/3/24")], OPEN)
    assert header.order_date is not None
    assert header.order_date.confidence <= 0.5


def test_asap_is_no_requested_date() -> None:
    """Never a guess."""
    assert header_from([labelled("requested_delivery_date", "ASAP")], US).requested_delivery_date is None


def test_the_currency_may_stand_in_a_totals_label() -> None:
    """ "Total USD" names the currency."""
    header = header_from([labelled("total", "1,200.00", label="Total USD")], US)
    assert header.currency is not None
    assert header.currency.value == "USD"


def test_a_vat_id_under_vat_is_no_tax() -> None:
    """ "VAT: DE123456789" is a number, not an amount."""
    header = header_from([labelled("total_tax", "DE123456789")], DE)
    assert header.numbers["vat_id"].value == "DE123456789"
    assert "total_tax" not in header.totals


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("DAP Berlin", "DAP"),
        ("FOB destination", "FOB"),
        ("Prepaid", None),
        ("Not defined", None),
        ("fca (Incoterms 2020)", "FCA"),
    ],
)
def test_only_incoterms_are_incoterms(text: str, term: str | None) -> None:
    """Freight words under the label are dropped."""
    found = header_from([labelled("incoterm", text)], US).incoterm
    assert (found.value if found else None) == term


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ("Muster GmbH", "Einkauf", "Hauptstr. 12", "80331 München", "Deutschland", "USt-IdNr.: DE123456789"),
            {
                "name": "Muster GmbH",
                "street": "Hauptstr. 12",
                "city": "München",
                "postal_code": "80331",
                "country": "DE",
                "vat_id": "DE123456789",
            },
        ),
        (
            ("Acme Inc.", "12 Main St", "Springfield, IL 62701", "USA", "Tel 555-123-4567", "ap@acme.example"),
            {
                "name": "Acme Inc.",
                "street": "12 Main St",
                "city": "Springfield",
                "postal_code": "62701",
                "region": "IL",
                "country": "US",
                "email": "ap@acme.example",
            },
        ),
        (
            ("Widgets Ltd", "4 High Street", "Leeds", "LS1 4AP", "United Kingdom"),
            {"name": "Widgets Ltd", "street": "4 High Street", "city": "Leeds", "postal_code": "LS1 4AP", "country": "GB"},
        ),
        (
            ("Société Dupont", "12 rue de la Paix", "75002 PARIS", "FRANCE"),
            {"name": "Société Dupont", "street": "12 rue de la Paix", "city": "PARIS", "postal_code": "75002", "country": "FR"},
        ),
        (
            ("Usinage Nord", "Rue Haute 3", "B-1000 Bruxelles"),
            {"name": "Usinage Nord", "street": "Rue Haute 3", "city": "Bruxelles", "postal_code": "1000", "country": "BE"},
        ),
        (
            ("ACME Sp. z o.o.", "ul. Długa 5", "00-950 Warszawa"),
            {"name": "ACME Sp. z o.o.", "street": "ul. Długa 5", "city": "Warszawa", "postal_code": "00-950", "country": "PL"},
        ),
        (
            ("Jansen BV", "Kerkstraat 12", "1017 AB Amsterdam"),
            {"name": "Jansen BV", "street": "Kerkstraat 12", "city": "Amsterdam", "postal_code": "1017 AB", "country": "NL"},
        ),
        (
            ("Acme Ltd, 4 High Street, Leeds LS1 4AP",),
            {"name": "Acme Ltd", "street": "4 High Street", "city": "Leeds", "postal_code": "LS1 4AP", "country": "GB"},
        ),
        (("Plant 7",), {"name": "Plant 7"}),
        ((), {}),
    ],
)
def test_a_block_is_taken_apart(lines: tuple[str, ...], expected: dict[str, str]) -> None:
    """Names, streets, towns and countries of Europe and America; telephones and persons are left out."""
    assert party(*lines) == expected


def test_a_hint_gives_the_country_that_a_town_leaves_open() -> None:
    """Five digits may be German, French, Italian or Spanish."""
    assert party("Rossi S.p.A.", "Via Roma 1", "20121 Milano (MI)", hint="IT")["country"] == "IT"
    assert "country" not in party("Rossi S.p.A.", "Via Roma 1", "20121 Milano (MI)")


FIELDS = [
    "po_number",
    "order_date",
    "requested_delivery_date",
    "ship_to",
    "total",
    "total_tax",
    "payment_terms",
    "incoterm",
    "notes",
    "currency",
    "vat_id",
]


@given(st.lists(st.tuples(st.sampled_from(FIELDS), st.text(max_size=60), st.floats(0, 1)), max_size=8))
def test_no_values_break_the_head(values: list[tuple[str, str, float]]) -> None:
    """Any text under any label gives a head or gaps in it."""
    header = header_from([labelled(field, text, strength) for field, text, strength in values], OPEN)
    assert header.po_number is None or any(sign.isdigit() for sign in header.po_number.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Baustelle Volders Süd, Augasse 41, 6111 Volders, Österreich", "Baustelle Volders Süd|Augasse 41|Volders|6111|None|AT"),
        ("350 Lehigh Commerce Way, Allentown, PA 18106", "None|350 Lehigh Commerce Way|Allentown|18106|PA|US"),
        ("Acme, 12 Main St, Austin, Texas 78701", "Acme|12 Main St|Austin|78701|TX|US"),
        ("Nordkai, Speicher 3, D-20457 Hamburg", "Nordkai|Speicher 3|Hamburg|20457|None|DE"),
        ("Acme Ltd, P.O. Box 77, Springfield, IL 62701, USA", "Acme Ltd|P.O. Box 77|Springfield|62701|IL|US"),
        ("Ateliers X SAS - 14 rue des Forges - 69007 Lyon - France", "Ateliers X SAS|14 rue des Forges|Lyon|69007|None|FR"),
        ("Magazzino, Viale del Lavoro 9, 37135 Verona VR, Italia", "Magazzino|Viale del Lavoro 9|Verona|37135|VR|IT"),
        ("Obra Norte, Calle Mayor 5, 28013 Madrid, España", "Obra Norte|Calle Mayor 5|Madrid|28013|None|ES"),
        ("De Werf B.V., Werfkade 1, 9936 HX Farmsum, Nederland", "De Werf B.V.|Werfkade 1|Farmsum|9936 HX|None|NL"),
        ("ul. Długa 5, 31-147 Kraków, Polska", "None|ul. Długa 5|Kraków|31-147|None|PL"),
        ("Depot, Unit 4, Leeds LS1 4AP, United Kingdom", "Depot|Unit 4|Leeds|LS1 4AP|None|GB"),
        ("Haller Au 15, 6020 Innsbruck", "None|Haller Au 15|Innsbruck|6020|None|None"),
        ("Depozit, Calea Portului 41, 900900 Constanța, România", "Depozit|Calea Portului 41|Constanța|900900|None|RO"),
        ("615 GRAIN EXCHANGE WAY", "None|615 GRAIN EXCHANGE WAY|None|None|None|None"),
        ("Werk 2", "Werk 2|None|None|None|None|None"),
    ],
)
def test_an_address_in_one_line_is_taken_apart(text: str, expected: str) -> None:
    """With and without name and country, as seven countries write them."""
    found = party(text)
    assert "|".join(str(found.get(name)) for name in ("name", "street", "city", "postal_code", "region", "country")) == expected


def test_a_letterheads_lines_hold_several_things_each() -> None:
    """Street, town, country and VAT number stand in one line below the name; a company register is no address."""
    assert party("Alpenhaus Holzbau GmbH", "Haller Au 15, 6020 Innsbruck, Österreich, UID ATU93952897", "FN 123456 a") == {
        "name": "Alpenhaus Holzbau GmbH",
        "street": "Haller Au 15",
        "postal_code": "6020",
        "city": "Innsbruck",
        "country": "AT",
        "vat_id": "ATU93952897",
    }


def test_a_province_in_brackets_is_no_country() -> None:
    """BA is Bari, though it is Bosnia's code as well."""
    bari = party("Oleificio Serra S.r.l.", "Contrada Fontana 9", "70020 Cassano delle Murge (BA)")
    assert (bari["region"], "country" in bari) == ("BA", False)
