"""Blocks of address lines: below and beside labels, side by side, and without a label."""

from __future__ import annotations

from parsers.layout.blocks import Surroundings, labelled_blocks, unlabelled_blocks
from parsers.layout.labels import labels_of
from parsers.layout.parties import parties_of
from parsers.layout.return_lines import sender_line
from parsers.page_text import PageText, Rule
from tests.parsers.layout.test_labels import words


def surroundings(*phrases: tuple[float, float, str], rules: tuple[Rule, ...] = ()) -> Surroundings:
    page = PageText(1, 600, 800, tuple(words(*phrases)), rules)
    labels, others = labels_of(page.phrases)
    return Surroundings(labels, others, rules, page.width, page.height)


def blocks(*phrases: tuple[float, float, str], rules: tuple[Rule, ...] = ()) -> dict[str | None, list[str]]:
    found = labelled_blocks(surroundings(*phrases, rules=rules))
    return {block.role: [" ".join(phrase.text for phrase in line) for line in block.lines] for block in found}


def test_columns_under_their_labels_stay_apart() -> None:
    """Three addresses side by side."""
    heads = ((10, 10, "VENDOR"), (200, 10, "DELIVER TO"), (400, 10, "INVOICE TO"))
    first = ((10, 21, "Hollister Supply"), (200, 21, "Plant B"), (400, 21, "Buyer Inc"))
    second = ((10, 32, "18 Canal Street"), (200, 32, "5 Dock Road"), (400, 32, "PO Box 88"))
    assert blocks(*heads, *first, *second) == {
        "seller": ["Hollister Supply", "18 Canal Street"],
        "ship_to": ["Plant B", "5 Dock Road"],
        "bill_to": ["Buyer Inc", "PO Box 88"],
    }


def test_a_block_may_stand_right_of_its_label() -> None:
    """Its lines keep the first one's left edge, the next label ends it."""
    found = blocks(
        (10, 10, "Supplier"),
        (100, 10, "Hollister Supply"),
        (100, 21, "18 Canal Street"),
        (10, 43, "Invoice to"),
        (100, 43, "Buyer Inc"),
    )
    assert found == {"seller": ["Hollister Supply", "18 Canal Street"], "bill_to": ["Buyer Inc"]}


def test_numbers_of_the_party_stay_in_its_block() -> None:
    """A labelled VAT number is a line of the address, a date is not."""
    found = blocks((10, 10, "Ship to:"), (10, 21, "Buyer Inc"), (10, 32, "VAT No.: DE123456789"), (10, 43, "Order Date: 3/4/26"))
    assert found == {"ship_to": ["Buyer Inc", "VAT No.: DE123456789"]}


def test_a_drawn_line_ends_a_block() -> None:
    """What stands below the box is no address line."""
    closing = Rule(5, 31, 200, 31)
    assert blocks((10, 10, "Ship to:"), (10, 20, "Buyer Inc"), (10, 33, "Thank you"), rules=(closing,)) == {
        "ship_to": ["Buyer Inc"]
    }


def test_a_return_address_in_one_line_is_taken_apart() -> None:
    """The small line over an envelope's window names the sender."""
    page = surroundings((10, 10, "Kessler GmbH · Ringstr. 14 · 70327 Stuttgart"))
    (block,) = unlabelled_blocks(page, (), 800)
    assert sender_line(block.lines[0][0]) == ("Kessler GmbH", "Ringstr. 14", "70327 Stuttgart")


def test_the_block_in_the_window_is_the_seller_and_the_sender_the_buyer() -> None:
    """Who writes stands above, to whom below."""
    page = surroundings(
        (10, 100, "Kessler GmbH · Ringstr. 14 · 70327 Stuttgart"),
        (10, 130, "Hollister GmbH"),
        (10, 141, "Hafenweg 3"),
        (10, 152, "48155 Münster"),
    )
    parties = parties_of([], unlabelled_blocks(page, (), 800), 800, "po.pdf", "DE")
    assert parties.buyer is not None
    assert parties.seller is not None
    assert (parties.buyer.name and parties.buyer.name.value, parties.seller.name and parties.seller.name.value) == (
        "Kessler GmbH",
        "Hollister GmbH",
    )


def test_a_likely_country_needs_a_postal_code_of_its_form() -> None:
    """A German order may go to Austria."""
    page = surroundings((10, 10, "Lieferanschrift:"), (10, 21, "Kessler GmbH"), (10, 32, "Hauptplatz 1"), (10, 43, "4020 Linz"))
    parties = parties_of(labelled_blocks(page), [], 800, "po.pdf", "DE")
    assert parties.ship_to is not None
    assert parties.ship_to.country is None or parties.ship_to.country.value != "DE"


def test_whom_a_letter_addresses_is_not_its_sender() -> None:
    """ "Firma" stands over the window, the letterhead above it is the buyer's."""
    own = ((10, 10, "Donau Technik GmbH"), (10, 21, "Hafenzeile 22"), (10, 32, "4020 Linz"))
    page = surroundings(*own, (10, 80, "Firma"), (10, 91, "Hollister GmbH"), (10, 102, "Hafenweg 3"), (10, 113, "48155 Münster"))
    found = labelled_blocks(page)
    free = unlabelled_blocks(page, [phrase for block in found for phrase in block.phrases], 400)
    parties = parties_of(found, free, 800, "po.pdf")
    assert parties.buyer is not None
    assert parties.buyer.name is not None
    assert parties.buyer.name.value == "Donau Technik GmbH"


def test_delivery_with_an_address_says_where() -> None:
    """The same label before a day would say when."""
    assert blocks((10, 10, "CONSEGNA / DELIVERY: Colleoni Srl, via Moroni 61, 24122 Bergamo")) == {
        "ship_to": ["Colleoni Srl, via Moroni 61, 24122 Bergamo"]
    }
