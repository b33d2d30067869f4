"""Words that may alter an order and went into no value of it: each is asked about, whatever the wish, in seven languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.wordlists import terms, words_file
from tests.parsers.prose.letters import extraction, mail, the_order
from tests.parsers.prose.orders import ORDERS


def _errors(body: str, subject: str = "4711") -> set[str]:
    return {problem.code for problem in extraction(mail(body, subject)).problems if problem.severity == "error"}


@pytest.mark.parametrize(
    ("language", "wish"),
    [
        ("en", "We don't want the ones with the long cuff."),
        ("en", "If you've no blue any colour will do."),
        ("en", "I can't pay more than last time."),
        ("en", "The same again for our Leeds branch."),
        ("de", "Das macht aber nur Sinn, wenn die Ware am Freitag da ist."),
        ("de", "Ohne Aufdruck bitte."),
        ("de", "Bitte die passenden Spender dazu."),
        ("fr", "Surtout pas la marque de la dernière fois."),
        ("fr", "Le même envoi pour notre site de Lyon."),
        ("es", "Pero sin polvo."),
        ("es", "Lo mismo para la tienda de Gijón."),
        ("it", "Però non quelli con la polvere."),
        ("nl", "Maar zonder poeder."),
        ("nl", "Liever de zwarte."),
        ("pl", "Ale bez pudru."),
        ("pl", "To samo na budowę w Łodzi."),
    ],
)
def test_a_wish_that_no_value_holds_is_asked_about(language: str, wish: str) -> None:
    """Its small words tell, whatever it is about."""
    assert _errors(ORDERS[language].format(wish)) & {"unread_wish", "conditional_order", "may_be_change"}


@pytest.mark.parametrize("language", list(ORDERS))
def test_a_plain_order_is_asked_nothing(language: str) -> None:
    """No word of it stands outside a value."""
    assert _errors(ORDERS[language].format("")) == set()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Let me know if there are any problems. No rush, before 8:00 please, the usual address."),
        ("de", "Falls Sie Fragen haben, rufen Sie bitte an. Eilt nicht. Rechnung wie immer."),
        ("fr", "N'hésitez pas à m'appeler si besoin, même adresse, au plus tard vendredi."),
        ("es", "Si tenéis alguna duda me llamáis, no hay prisa, misma dirección."),
        ("it", "In caso di dubbi chiamatemi, stesso indirizzo, non c'è fretta."),
        ("nl", "Als er vragen zijn hoor ik het graag, geen haast, zelfde adres."),
        ("pl", "W razie pytań proszę o telefon, ten sam adres, nie później niż w piątek."),
    ],
)
def test_usual_phrases_alter_nothing(language: str, sentence: str) -> None:
    """Small words within phrases that every other order has."""
    assert "unread_wish" not in _errors(ORDERS[language].format(sentence))


def test_the_words_that_may_alter_are_shown() -> None:
    """A person sees at once what it is about."""
    found = extraction(mail(ORDERS["en"].format("Please leave out the ones with a long cuff."), "4711")).problems
    assert any("leave out the ones with a long cuff" in problem.message for problem in found)


def test_goods_that_are_named_with_such_a_word_are_read() -> None:
    """What stands in the name of the goods is part of a value."""
    body = ORDERS["en"].replace("nitrile gloves", "gloves without powder").format("")
    assert _errors(body) == set()
    (line,) = the_order(mail(body)).lines
    assert line.description is not None
    assert line.description.value == "gloves without powder"


def test_a_choice_left_open_is_asked_about_even_within_the_goods() -> None:
    """Somebody has to choose."""
    assert "unread_wish" in _errors(ORDERS["en"].replace("nitrile gloves", "nitrile gloves or similar").format(""))


_FORWARDED = """{}

Laura

-----Original Message-----
From: Matt <matt@acme.example>
Sent: Monday, November 2, 2026 9:12 AM
To: Laura <laura@acme.example>
Subject: PO 4711

Hi Laura, please order on PO 4711:

- 10 oil filters FO-1192
- 4 air filters FA-880
"""


def test_a_bracket_that_leaves_a_choice_is_asked_about() -> None:
    """It is cut off the name of the goods, and nobody chose yet."""
    body = (
        "Guten Tag,\n\nbitte zur Bestellung 4711:\n\n- 4 Stück Toner HP-26A (oder kompatibel)\n- 3 Kartons Papier PA-80\n\nDanke"
    )
    assert "unread_wish" in _errors(body)


def test_a_carrier_who_tells_a_new_day_changes_no_order() -> None:
    """ "Instead of today" is nobody's wish there."""
    body = (
        "Good morning,\n\nbooking 559012 (12 pallets) will be delivered on Thursday instead of today because of snow.\n\nPlanning"
    )
    found = extraction(mail(body, "Booking 559012 - delay"))
    assert not found.orders or any(problem.severity == "error" for problem in found.problems)


def test_a_change_of_the_day_alone_needs_no_lines() -> None:
    """The goods stay as they were."""
    change = "Hi,\n\nplease postpone the delivery of our PO 4711 to 15 December 2026.{}\n\nThanks\nJo"
    subject = "Change of PO 4711"
    assert _errors(change.format(""), subject) == set()
    assert the_order(mail(change.format(""), subject)).kind == "order_change"
    assert "unread_wish" in _errors(change.format(" And leave out the gloves."), subject)


@pytest.mark.parametrize(
    "remark",
    [
        "please enter this, but make it 20 oil filters.",
        "please order, and the usual sealing rings too.",
        "order this, but not the air filters.",
        "twelve oil filters please, rest is fine.",
    ],
)
def test_a_remark_above_what_is_forwarded_that_may_alter_it_is_asked_about(remark: str) -> None:
    """Who forwards has the last word."""
    assert "unread_wish" in _errors(_FORWARDED.format(remark), "FW: PO 4711")


@pytest.mark.parametrize("remark", ["please enter the order below, thanks.", "FYI", "Hi, see below from Matt - please confirm."])
def test_a_remark_that_only_passes_on_is_none(remark: str) -> None:
    """Nothing in it speaks of the goods."""
    assert "unread_wish" not in _errors(_FORWARDED.format(remark), "FW: PO 4711")


def test_a_postscript_that_may_alter_the_order_is_asked_about() -> None:
    """It stands below the sign-off, where else only names and addresses do."""
    assert "unread_wish" in _errors(ORDERS["en"].format("") + "\n\nPS: leave out the boxes for Leeds")


def test_a_change_that_names_a_line_which_was_not_read_is_asked_about() -> None:
    """Each line that a change names is changed."""
    body = "Hi,\n\non our PO 4711 line 2 becomes 60 boxes, the goods of line 4 we talk about.\n\nThanks\nJo"
    found = extraction(mail(body, "Change of PO 4711"))
    assert any(problem.severity == "error" for problem in found.problems)


def test_every_language_has_words_of_every_kind() -> None:
    """Seven languages, none forgotten."""
    for name, lists in words_file("alterations.yaml").items():
        assert set(lists) == set(ORDERS), name
        assert all(list(terms(listed)) for listed in lists.values()), name


@given(
    word=st.sampled_from([word for word in terms(words_file("alterations.yaml")["alters"]["en"]) if "*" not in word]),
    rest=st.sampled_from(["the blue kind", "Leeds", "on the pallet", "gloves of that brand"]),
)
def test_no_word_that_may_alter_passes_unasked(word: str, rest: str) -> None:
    """Whatever stands behind it, in a sentence of its own."""
    assert _errors(ORDERS["en"].format(f"So {word} {rest}.")) != set()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "bitte liefern Sie 20 Kartons Handschuhe"),
        ("it", "vogliate inviarci 20 set di coltelli"),
        ("en", "in May 20 boxes of gloves please"),
    ],
)
def test_a_number_beside_a_word_that_only_looks_like_a_month_is_a_quantity(language: str, sentence: str) -> None:
    """ "Sie" is short for August in Polish alone, "set" is a set before it is September."""
    start = {"de": "Guten Tag,", "it": "Buongiorno,", "en": "Hello,"}[language]
    (line,) = the_order(mail(f"{start}\n\n{sentence}.\n\nJo", "Order 4711")).lines
    assert line.quantity is not None
    assert line.quantity.value == "20"
