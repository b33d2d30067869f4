"""Drafts a question to the buyer in their language, from the open doubts: which line, what is unclear, what it may be.

The text is plain. What comes from a document is put in on one line and without control characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.domain.findings import Candidate, Finding
from models.domain.purchase_order import PurchaseOrderLine
from models.domain.question_points import askable_points, offered
from models.domain.questions import AskedPoint, PointKind, QuestionDraft
from models.domain.sales_order import SalesOrder

LETTERS = "abcde"
_CUT = 140

#: One language each: the mail round the points, and how each kind of point is asked. `{what}` names the goods or the value read.
_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "subject": "Question about your order {po}",
        "hello": "Hello,",
        "intro": "before we can confirm your order {po}, please tell us:",
        "line": "Line {line}",
        "item": "{what}: which item do you mean?",
        "quantity": "{what}: how many do you need? {offer}",
        "quantity_offer": "{proposed} would be possible; is that right?",
        "unit": "{what}: in which unit do you order?",
        "price": "{what}: your order says {read}, our price is {expected}. May we deliver at our price?",
        "price_open": "{what}: at which price do you order?",
        "ship_to": "To which address shall we deliver? We read: {what}",
        "date": "{what}: by which day do you need it?",
        "reorder": "Which earlier order do you mean? {what}",
        "customer": "Please give us your customer number, or your company's full name and address.",
        "confirm": "We read: {what}. Is that right?",
        "else": "None of these? Please give us our item number or an exact description.",
        "bye": "Simply reply to this mail; where there is a choice, \"{example}\" is enough.",
        "bye_plain": "Simply reply to this mail.",
        "regards": "Kind regards",
        "reminder": "we have no answer yet to our question below. Your order {po} waits for it.",
    },
    "de": {
        "subject": "Rückfrage zu Ihrer Bestellung {po}",
        "hello": "Guten Tag,",
        "intro": "bevor wir Ihre Bestellung {po} bestätigen können, bitten wir um eine kurze Auskunft:",
        "line": "Position {line}",
        "item": "{what}: Welchen Artikel meinen Sie?",
        "quantity": "{what}: Wie viel benötigen Sie? {offer}",
        "quantity_offer": "Möglich wären {proposed}; ist das richtig?",
        "unit": "{what}: In welcher Einheit bestellen Sie?",
        "price": "{what}: In Ihrer Bestellung steht {read}, unser Preis ist {expected}. Dürfen wir zu unserem Preis liefern?",
        "price_open": "{what}: Zu welchem Preis bestellen Sie?",
        "ship_to": "An welche Adresse dürfen wir liefern? Gelesen haben wir: {what}",
        "date": "{what}: Bis wann benötigen Sie die Ware?",
        "reorder": "Welche frühere Bestellung meinen Sie? {what}",
        "customer": "Bitte nennen Sie uns Ihre Kundennummer oder Firma und vollständige Anschrift.",
        "confirm": "Gelesen haben wir: {what}. Ist das richtig?",
        "else": "Keiner davon? Dann bitte unsere Artikelnummer oder eine genaue Bezeichnung.",
        "bye": "Antworten Sie einfach auf diese E-Mail; wo eine Auswahl steht, genügt „{example}“.",
        "bye_plain": "Antworten Sie einfach auf diese E-Mail.",
        "regards": "Mit freundlichen Grüßen",
        "reminder": "auf unsere Frage unten haben wir noch keine Antwort. Ihre Bestellung {po} wartet darauf.",
    },
    "fr": {
        "subject": "Question sur votre commande {po}",
        "hello": "Bonjour,",
        "intro": "avant de confirmer votre commande {po}, nous avons besoin d'une précision :",
        "line": "Ligne {line}",
        "item": "{what} : quel article souhaitez-vous ?",
        "quantity": "{what} : quelle quantité vous faut-il ? {offer}",
        "quantity_offer": "{proposed} serait possible ; est-ce correct ?",
        "unit": "{what} : dans quelle unité commandez-vous ?",
        "price": "{what} : votre commande indique {read}, notre prix est {expected}. Pouvons-nous livrer à notre prix ?",
        "price_open": "{what} : à quel prix commandez-vous ?",
        "ship_to": "À quelle adresse devons-nous livrer ? Nous avons lu : {what}",
        "date": "{what} : pour quelle date vous le faut-il ?",
        "reorder": "De quelle commande précédente s'agit-il ? {what}",
        "customer": "Veuillez nous indiquer votre numéro de client, ou la raison sociale et l'adresse complète.",
        "confirm": "Nous avons lu : {what}. Est-ce correct ?",
        "else": "Aucun de ceux-ci ? Indiquez-nous notre référence ou une désignation exacte.",
        "bye": "Répondez simplement à ce message ; là où il y a un choix, « {example} » suffit.",
        "bye_plain": "Répondez simplement à ce message.",
        "regards": "Cordialement",
        "reminder": "nous n'avons pas encore de réponse à notre question ci-dessous. Votre commande {po} l'attend.",
    },
    "es": {
        "subject": "Consulta sobre su pedido {po}",
        "hello": "Buenos días:",
        "intro": "antes de confirmar su pedido {po} necesitamos una aclaración:",
        "line": "Línea {line}",
        "item": "{what}: ¿qué artículo desea?",
        "quantity": "{what}: ¿qué cantidad necesita? {offer}",
        "quantity_offer": "Sería posible {proposed}; ¿es correcto?",
        "unit": "{what}: ¿en qué unidad hace el pedido?",
        "price": "{what}: su pedido indica {read}, nuestro precio es {expected}. ¿Podemos entregar a nuestro precio?",
        "price_open": "{what}: ¿a qué precio hace el pedido?",
        "ship_to": "¿A qué dirección debemos entregar? Hemos leído: {what}",
        "date": "{what}: ¿para qué fecha lo necesita?",
        "reorder": "¿A qué pedido anterior se refiere? {what}",
        "customer": "Indíquenos su número de cliente, o el nombre y la dirección completa de su empresa.",
        "confirm": "Hemos leído: {what}. ¿Es correcto?",
        "else": "¿Ninguno de estos? Indíquenos nuestra referencia o una descripción exacta.",
        "bye": "Basta con responder a este correo; donde hay opciones, «{example}» es suficiente.",
        "bye_plain": "Basta con responder a este correo.",
        "regards": "Un cordial saludo",
        "reminder": "aún no tenemos respuesta a nuestra consulta. Su pedido {po} la está esperando.",
    },
    "it": {
        "subject": "Domanda sul vostro ordine {po}",
        "hello": "Buongiorno,",
        "intro": "prima di confermare il vostro ordine {po} ci serve un chiarimento:",
        "line": "Riga {line}",
        "item": "{what}: quale articolo desiderate?",
        "quantity": "{what}: quale quantità vi serve? {offer}",
        "quantity_offer": "Sarebbe possibile {proposed}; è corretto?",
        "unit": "{what}: in quale unità ordinate?",
        "price": "{what}: il vostro ordine indica {read}, il nostro prezzo è {expected}. Possiamo consegnare al nostro prezzo?",
        "price_open": "{what}: a quale prezzo ordinate?",
        "ship_to": "A quale indirizzo dobbiamo consegnare? Abbiamo letto: {what}",
        "date": "{what}: entro quale data vi serve?",
        "reorder": "A quale ordine precedente vi riferite? {what}",
        "customer": "Indicateci il vostro codice cliente, oppure la ragione sociale e l'indirizzo completo.",
        "confirm": "Abbiamo letto: {what}. È corretto?",
        "else": "Nessuno di questi? Indicateci il nostro codice articolo o una descrizione esatta.",
        "bye": "Basta rispondere a questa e-mail; dove c'è una scelta, è sufficiente \"{example}\".",
        "bye_plain": "Basta rispondere a questa e-mail.",
        "regards": "Cordiali saluti",
        "reminder": "non abbiamo ancora una risposta alla nostra domanda. Il vostro ordine {po} è in attesa.",
    },
    "nl": {
        "subject": "Vraag over uw bestelling {po}",
        "hello": "Goedendag,",
        "intro": "voordat wij uw bestelling {po} kunnen bevestigen, horen wij graag:",
        "line": "Regel {line}",
        "item": "{what}: welk artikel bedoelt u?",
        "quantity": "{what}: hoeveel heeft u nodig? {offer}",
        "quantity_offer": "{proposed} is mogelijk; klopt dat?",
        "unit": "{what}: in welke eenheid bestelt u?",
        "price": "{what}: uw bestelling vermeldt {read}, onze prijs is {expected}. Mogen wij tegen onze prijs leveren?",
        "price_open": "{what}: tegen welke prijs bestelt u?",
        "ship_to": "Op welk adres mogen wij leveren? Wij lazen: {what}",
        "date": "{what}: wanneer heeft u het nodig?",
        "reorder": "Welke eerdere bestelling bedoelt u? {what}",
        "customer": "Geef ons uw klantnummer, of de volledige naam en het adres van uw bedrijf.",
        "confirm": "Wij lazen: {what}. Klopt dat?",
        "else": "Geen van deze? Geef ons ons artikelnummer of een exacte omschrijving.",
        "bye": "U kunt gewoon op deze e-mail antwoorden; waar een keuze staat, volstaat \"{example}\".",
        "bye_plain": "U kunt gewoon op deze e-mail antwoorden.",
        "regards": "Met vriendelijke groet",
        "reminder": "wij hebben nog geen antwoord op onze vraag hieronder. Uw bestelling {po} wacht daarop.",
    },
    "pl": {
        "subject": "Pytanie dotyczące zamówienia {po}",
        "hello": "Dzień dobry,",
        "intro": "zanim potwierdzimy zamówienie {po}, prosimy o wyjaśnienie:",
        "line": "Pozycja {line}",
        "item": "{what}: o który artykuł chodzi?",
        "quantity": "{what}: jaka ilość jest potrzebna? {offer}",
        "quantity_offer": "Możliwa jest ilość {proposed}; czy to prawidłowo?",
        "unit": "{what}: w jakiej jednostce Państwo zamawiają?",
        "price": "{what}: w zamówieniu podano {read}, nasza cena to {expected}. Czy możemy dostarczyć po naszej cenie?",
        "price_open": "{what}: po jakiej cenie Państwo zamawiają?",
        "ship_to": "Na jaki adres mamy dostarczyć? Odczytaliśmy: {what}",
        "date": "{what}: na kiedy jest to potrzebne?",
        "reorder": "O które wcześniejsze zamówienie chodzi? {what}",
        "customer": "Prosimy o numer klienta albo pełną nazwę i adres firmy.",
        "confirm": "Odczytaliśmy: {what}. Czy to prawidłowo?",
        "else": "Żaden z nich? Prosimy o nasz numer artykułu lub dokładny opis.",
        "bye": "Wystarczy odpowiedzieć na tę wiadomość; tam, gdzie jest wybór, wystarczy \"{example}\".",
        "bye_plain": "Wystarczy odpowiedzieć na tę wiadomość.",
        "regards": "Z poważaniem",
        "reminder": "nie mamy jeszcze odpowiedzi na nasze pytanie. Zamówienie {po} na nią czeka.",
    },
}  # fmt: skip
LANGUAGES = frozenset(_WORDS)


def drafted(order: SalesOrder, recipient: str, language: str, company: str) -> QuestionDraft:
    """The question about all that only the buyer can settle; without such points the text leaves room for a person's own."""
    tongue = language[:2].lower() if language[:2].lower() in LANGUAGES else "en"
    words = _WORDS[tongue]
    points = askable_points(order)
    po = one_line(order.purchase_order.po_number or "")
    asked = [line for number, (point, finding) in enumerate(points, 1) for line in _asked(number, point, finding, order, words)]
    example = next((f"{number}{LETTERS[0]}" for number, (point, _) in enumerate(points, 1) if point.options), "")
    bye = words["bye"].format(example=example) if example else words["bye_plain"]
    asked = asked[:-1]
    body = [words["hello"], "", words["intro"].format(po=po), "", *(asked or ["1. "]), "", bye, "", words["regards"], company]
    return QuestionDraft(
        recipient=recipient,
        subject=f"Re: {one_line(order.source.subject)}" if order.source.subject else words["subject"].format(po=po),
        text="\n".join(line.rstrip() for line in body) + "\n",
        language=tongue,
        points=tuple(point for point, _ in points),
    )


def reminder_text(question: str, language: str, po_number: str, company: str) -> str:
    """The reminder of a question: it repeats the whole, so that whoever reads it can answer."""
    words = _WORDS.get(language, _WORDS["en"])
    head = (words["hello"], "", words["reminder"].format(po=one_line(po_number)), "", words["regards"], company, "")
    quoted = [f"> {line}".rstrip() for line in question.splitlines()]
    return "\n".join((*head, *quoted)) + "\n"


def one_line(text: str, longest: int = _CUT) -> str:
    """Words of a document without line breaks and control characters, cut where they are long."""
    words = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def _asked(number: int, point: AskedPoint, finding: Finding, order: SalesOrder, words: dict[str, str]) -> Iterator[str]:
    sentence = _sentence(point, finding, order, words)
    yield f"{number}. {sentence}"
    candidates = offered(point, finding)
    yield from (f"   {letter}) {_option(point.kind, each)}" for letter, each in zip(LETTERS, candidates, strict=False))
    if candidates and point.kind == "item":
        yield f"   {words['else']}"
    yield ""


def _sentence(point: AskedPoint, finding: Finding, order: SalesOrder, words: dict[str, str]) -> str:
    read, expected = one_line(finding.read or ""), one_line(finding.expected or "")
    what = _goods(point.line, order, words) if point.line else read or "–"
    kind: str = point.kind
    if kind == "price" and not (read and expected):
        kind = "price_open"
    if kind == "confirm" and point.line and read:
        what = f"{what}: {read}"
    offer = words["quantity_offer"].format(proposed=one_line(point.proposed)) if point.proposed else ""
    return words[kind].format(what=what, read=read, expected=expected, offer=offer).strip()


def _goods(number: int, order: SalesOrder, words: dict[str, str]) -> str:
    """The line as the buyer knows it: its number in their order, and their own words for the goods."""
    line = next((line for line in order.asked.lines if line.number == number), None)
    place = words["line"].format(line=one_line((line.stated_number if line else None) or str(number), 10))
    names = one_line(", ".join(_names(line))) if line else ""
    return f"{place} ({names})" if names else place


def _names(line: PurchaseOrderLine) -> Sequence[str]:
    number = line.buyer_part_number or line.seller_part_number or line.gtin
    return [text for text in (number, line.description) if text]


def _option(kind: PointKind, candidate: Candidate) -> str:
    label = one_line(candidate.label, 90)
    if kind == "item":
        return f"{candidate.value} – {label}" if label else candidate.value
    return label or one_line(candidate.value, 90)
