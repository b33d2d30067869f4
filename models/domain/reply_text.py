"""The acknowledgement as a mail that people read, in English, German and French: plain text and the same as HTML."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from html import escape

from models.domain.acknowledgement import AcknowledgedLine, OrderAcknowledgement
from models.domain.values import Money, Quantity, plain, round_half_up

_MOST_LINES = 300

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "greeting": "Dear customer,",
        "part_with_waiting": "thank you for your order {po}. This is our answer line by line; what is on hold we are "
        "still checking, and our answer to it follows.",
        "part": "this is what becomes of the lines below of your order {po}. Its other lines are answered separately.",
        "pending_line": "on hold",
        "accepted": "thank you for your order {po}. We confirm it as you placed it.",
        "accepted_with_changes": "thank you for your order {po}. We confirm it with the changes below; please check them.",
        "rejected": "thank you for your order {po}. We are sorry that we cannot accept it.",
        "received": "thank you for your order {po}. It arrived and is being checked; our confirmation follows.",
        "cancelled": "your order {po} will not be delivered as we confirmed it. This is what becomes of it now:",
        "number": "Our order number: {number}",
        "line": "Line",
        "item": "Item",
        "quantity": "Quantity",
        "delivery": "Delivery",
        "price": "Price",
        "note": "Note",
        "per": "per",
        "open": "date follows",
        "total": "Total without tax: {total}",
        "reason": "Reason: {reason}",
        "more": "… and {count} more lines.",
        "rejected_line": "not delivered",
        "closing": "Kind regards",
    },
    "de": {
        "greeting": "Guten Tag,",
        "part_with_waiting": "vielen Dank für Ihre Bestellung {po}. Unten steht unsere Antwort Position für Position. Die "
        "Positionen in Klärung prüfen wir noch; unsere Antwort dazu folgt.",
        "part": "das wird aus den Positionen unten Ihrer Bestellung {po}. Die übrigen Positionen beantworten wir gesondert.",
        "pending_line": "in Klärung",
        "accepted": "vielen Dank für Ihre Bestellung {po}. Wir bestätigen sie wie bestellt.",
        "accepted_with_changes": "vielen Dank für Ihre Bestellung {po}. Wir bestätigen sie mit den Änderungen "
        "unten; bitte prüfen Sie diese.",
        "rejected": "vielen Dank für Ihre Bestellung {po}. Leider können wir sie nicht annehmen.",
        "received": "vielen Dank für Ihre Bestellung {po}. Sie ist eingegangen und wird geprüft; unsere Bestätigung folgt.",
        "cancelled": "Ihre Bestellung {po} wird nicht so geliefert, wie wir sie bestätigt haben. Das wird nun aus ihr:",
        "number": "Unsere Auftragsnummer: {number}",
        "line": "Position",
        "item": "Artikel",
        "quantity": "Menge",
        "delivery": "Lieferung",
        "price": "Preis",
        "note": "Hinweis",
        "per": "je",
        "open": "Termin folgt",
        "total": "Summe ohne Steuer: {total}",
        "reason": "Grund: {reason}",
        "more": "… und {count} weitere Positionen.",
        "rejected_line": "entfällt",
        "closing": "Mit freundlichen Grüßen",
    },
    "fr": {
        "greeting": "Bonjour,",
        "part_with_waiting": "merci de votre commande {po}. Voici nos réponses ligne par ligne. Nous vérifions encore les lignes "
        "en attente ; notre réponse suit.",
        "part": "voici ce qu'il en est des lignes ci-dessous de votre commande {po}. Les autres lignes reçoivent une "
        "réponse séparée.",
        "pending_line": "en attente",
        "accepted": "merci de votre commande {po}. Nous la confirmons telle que vous l'avez passée.",
        "accepted_with_changes": "merci de votre commande {po}. Nous la confirmons avec les modifications "
        "ci-dessous ; merci de les vérifier.",
        "rejected": "merci de votre commande {po}. Nous regrettons de ne pas pouvoir l'accepter.",
        "received": "merci de votre commande {po}. Elle nous est parvenue et est en cours de "
        "vérification ; notre confirmation suit.",
        "cancelled": "votre commande {po} ne sera pas livrée telle que nous l'avions confirmée. Voici ce qu'il en est :",
        "number": "Notre numéro de commande : {number}",
        "line": "Ligne",
        "item": "Article",
        "quantity": "Quantité",
        "delivery": "Livraison",
        "price": "Prix",
        "note": "Remarque",
        "per": "par",
        "open": "date à suivre",
        "total": "Total hors taxes : {total}",
        "reason": "Motif : {reason}",
        "more": "… et {count} autres lignes.",
        "rejected_line": "non livré",
        "closing": "Cordialement",
    },
}

_UNITS = {
    "C62": {"en": "pcs", "de": "Stück", "fr": "pièces"},
    "MTR": {"en": "m", "de": "m", "fr": "m"},
    "KGM": {"en": "kg", "de": "kg", "fr": "kg"},
    "LTR": {"en": "l", "de": "l", "fr": "l"},
    "BX": {"en": "boxes", "de": "Kartons", "fr": "boîtes"},
    "CT": {"en": "cartons", "de": "Kartons", "fr": "cartons"},
    "PK": {"en": "packs", "de": "Pakete", "fr": "paquets"},
    "RO": {"en": "rolls", "de": "Rollen", "fr": "rouleaux"},
    "PR": {"en": "pairs", "de": "Paar", "fr": "paires"},
    "SET": {"en": "sets", "de": "Sätze", "fr": "jeux"},
}


def reply_text(ack: OrderAcknowledgement, language: str, *, is_cancellation: bool = False) -> tuple[str, str]:
    """The mail's plain text and its HTML body, in English where we do not write `language` (ISO 639-1).

    `is_cancellation`: it takes back what an earlier answer confirmed.
    Values that come from documents are reduced to one line in the text and escaped in the HTML.
    """
    tongue = language[:2].lower() if language[:2].lower() in _WORDS else "en"
    words = _WORDS[tongue]
    rows = [_cells(line, tongue) for line in ack.lines[:_MOST_LINES]] if ack.kind != "received" else []
    head = [
        words["greeting"],
        words["cancelled" if is_cancellation else _opening(ack)].format(po=_one_line(ack.po_number)).replace(" .", "."),
    ]
    facts = [words["number"].format(number=_one_line(ack.sales_order_number))]
    if ack.note:
        facts.append(words["reason"].format(reason=_one_line(ack.note, 500)))
    tail = [words["more"].format(count=len(ack.lines) - _MOST_LINES)] if rows and len(ack.lines) > _MOST_LINES else []
    if ack.total_net is not None and ack.kind != "rejected":
        tail.append(words["total"].format(total=_amount(ack.total_net, tongue)))
    closing = [words["closing"], _one_line(ack.seller.name)]
    return _plain_text(head, facts, rows, tail, closing, words), _html(head, facts, rows, tail, closing, words)


def _opening(ack: OrderAcknowledgement) -> str:
    """Which sentence opens the answer."""
    if not ack.is_part or ack.kind == "received":
        return ack.kind
    return "part_with_waiting" if any(line.status == "pending" for line in ack.lines) else "part"


def _cells(line: AcknowledgedLine, tongue: str) -> tuple[str, ...]:
    """Line, item, quantity, delivery, price and note of one line."""
    words = _WORDS[tongue]
    item = " ".join(part for part in (line.sku or line.buyer_part_number, line.description) if part)
    number = line.buyer_line_number or str(line.number)
    if line.status in ("rejected", "pending"):
        return (
            _one_line(number),
            _one_line(item),
            _quantity(line.ordered, tongue),
            words[f"{line.status}_line"],
            "",
            _one_line(line.reason, 200),
        )
    deliveries = [f"{_quantity(part.quantity, tongue)} {_day(part.date, tongue)}" for part in line.promised]
    quantities = [part.quantity for part in line.promised] or [line.ordered]
    total = Quantity(amount=sum((part.amount for part in quantities), Decimal(0)), unit=quantities[0].unit)
    delivery = _day(line.promised[0].date, tongue) if len(line.promised) == 1 else " / ".join(deliveries)
    return (
        _one_line(number),
        _one_line(item),
        _quantity(total, tongue),
        delivery,
        _price(line, tongue),
        _one_line(line.reason, 200),
    )


def _price(line: AcknowledgedLine, tongue: str) -> str:
    if line.unit_price is None:
        return ""
    basis = "" if line.price_basis == 1 else f" {_WORDS[tongue]['per']} {_number(line.price_basis, tongue)}"
    return f"{_amount(line.unit_price, tongue, most=6)}{basis}"


def _quantity(quantity: Quantity, tongue: str) -> str:
    return f"{_number(quantity.amount, tongue)} {_UNITS.get(quantity.unit, {}).get(tongue, quantity.unit)}"


def _amount(money: Money, tongue: str, most: int = 2) -> str:
    """At least two places, more where the price has them."""
    exact = plain(round_half_up(money.amount, most)).rstrip("0")
    places = max(2, len(exact.partition(".")[2]))
    return f"{_number(round_half_up(money.amount, places), tongue, places)} {money.currency}"


def _number(number: Decimal, tongue: str, places: int | None = None) -> str:
    """1,234.50 in English, 1.234,50 in German, 1 234,50 in French, without zeros that say nothing unless places are given."""
    text = f"{number:,.{places}f}" if places is not None else f"{number:,f}"
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    marks = {"de": {",": ".", ".": ","}, "fr": {",": "\u202f", ".": ","}}.get(tongue)
    return "".join(marks.get(char, char) for char in text) if marks else text


def _day(day: date | None, tongue: str) -> str:
    if day is None:
        return _WORDS[tongue]["open"]
    return day.strftime({"de": "%d.%m.%Y", "fr": "%d/%m/%Y"}.get(tongue, "%Y-%m-%d"))


def _one_line(text: str, longest: int = 120) -> str:
    words = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def _labels(words: dict[str, str]) -> tuple[str, ...]:
    return tuple(words[name] for name in ("line", "item", "quantity", "delivery", "price", "note"))


def _plain_text(
    head: list[str], facts: list[str], rows: list[tuple[str, ...]], tail: list[str], closing: list[str], words: dict[str, str]
) -> str:
    labels = _labels(words)
    lines = [
        f"{labels[0]} {row[0]}: {row[1]}\n"
        + "\n".join(f"  {label}: {cell}" for label, cell in zip(labels[2:], row[2:], strict=True) if cell)
        for row in rows
    ]
    blocks = ["\n".join(head), "\n".join(facts), *lines, *tail, "\n".join(closing)]
    return "\n\n".join(blocks) + "\n"


def _html(
    head: list[str], facts: list[str], rows: list[tuple[str, ...]], tail: list[str], closing: list[str], words: dict[str, str]
) -> str:
    paragraphs = "".join(f"<p>{'<br>'.join(escape(line) for line in block)}</p>" for block in (head, facts))
    style = 'style="text-align:left;padding:4px 12px 4px 0;vertical-align:top"'
    table = ""
    if rows:
        heads = "".join(f"<th {style}>{escape(label)}</th>" for label in _labels(words))
        body = "".join("<tr>" + "".join(f"<td {style}>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
        table = f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    end = "".join(f"<p>{'<br>'.join(escape(line) for line in block)}</p>" for block in (tail, closing) if block)
    return f"<!DOCTYPE html><html><body>{paragraphs}{table}{end}</body></html>"
