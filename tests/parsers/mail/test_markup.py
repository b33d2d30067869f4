"""HTML of mail programs as the lines that people see."""

from __future__ import annotations

from parsers.mail.markup import read_markup


def test_blank_paragraphs_part_lines_as_outlook_writes_them() -> None:
    """Where they do, each other paragraph is a line, and an address stays together."""
    text = read_markup("<p>Deliver to:</p><p>Mill Lane 4</p><p>Hull HU1 1AA</p><p>&nbsp;</p><p>Regards</p>").text
    assert text.strip() == "Deliver to:\nMill Lane 4\nHull HU1 1AA\n\nRegards"


def test_paragraphs_without_blank_ones_stand_apart() -> None:
    """As their margins show them."""
    assert read_markup("<p>Hello,</p><p>20 bags, please.</p>").text.strip() == "Hello,\n\n20 bags, please."


def test_a_protected_space_alone_is_a_blank_line() -> None:
    """A block that holds nothing else."""
    text = read_markup("<div>45 sheets</div><div>&nbsp;</div><div>20 bags&nbsp;</div><div>4 boxes</div>").text
    assert text.strip() == "45 sheets\n\n20 bags\n4 boxes"
