"""What we write back to people, in English, German and French: plain sentences, one matter each.

Values from documents go in as they are: the texts are plain text, and the mailer escapes what it makes of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.domain.acknowledgement import ShipNotice
from models.domain.values import plain

_TEXTS: dict[str, dict[str, str]] = {
    "unreadable": {
        "en": "Thank you for your message. We could not read {name}: {cause}\n\nPlease send the order again, for example as "
        "a PDF or in the body of a mail. Your original is kept; nothing has been ordered.",
        "de": "Vielen Dank für Ihre Nachricht. Wir konnten {name} nicht lesen: {cause}\n\nBitte senden Sie die Bestellung "
        "noch einmal, zum Beispiel als PDF oder im Text der E-Mail. Ihr Original ist aufbewahrt; es wurde nichts bestellt.",
        "fr": "Merci de votre message. Nous n'avons pas pu lire {name} : {cause}\n\nVeuillez renvoyer la commande, par "
        "exemple en PDF ou dans le corps d'un courriel. Votre original est conservé ; rien n'a été commandé.",
    },
    "not_an_order": {
        "en": "Thank you for your message. This mailbox takes purchase orders, and we found none in {name}. Nothing has "
        "been ordered; a colleague can see your message.",
        "de": "Vielen Dank für Ihre Nachricht. Dieses Postfach nimmt Bestellungen an, und in {name} haben wir keine gefunden. "
        "Es wurde nichts bestellt; eine Kollegin oder ein Kollege kann Ihre Nachricht sehen.",
        "fr": "Merci de votre message. Cette boîte reçoit les commandes, et nous n'en avons pas trouvé dans {name}. Rien n'a "
        "été commandé ; un collègue peut voir votre message.",
    },
    "duplicate": {
        "en": "Thank you. We have your order {numbers} already, and what you sent now says the same. It stays one order.",
        "de": "Vielen Dank. Ihre Bestellung {numbers} liegt uns schon vor, und die neue Nachricht sagt dasselbe. Es bleibt "
        "bei einer Bestellung.",
        "fr": "Merci. Nous avons déjà votre commande {numbers}, et votre nouveau message dit la même chose. Il n'y aura "
        "qu'une seule commande.",
    },
    "differs": {
        "en": "Thank you. We have an order {numbers} already, and what you sent now says something else:\n{cause}\n\nA "
        "colleague looks at it and gets back to you; nothing has been changed yet.",
        "de": "Vielen Dank. Eine Bestellung {numbers} liegt uns schon vor, und die neue Nachricht sagt etwas anderes:\n"
        "{cause}\n\nWir sehen es uns an und melden uns; geändert ist noch nichts.",
        "fr": "Merci. Nous avons déjà une commande {numbers}, et votre nouveau message dit autre chose :\n{cause}\n\nUn "
        "collègue l'examine et revient vers vous ; rien n'a encore été modifié.",
    },
    "change_requested": {
        "en": "Thank you. Your change to order {numbers} was put to a colleague, who decides what is still possible and "
        "gets back to you.",
        "de": "Vielen Dank. Ihre Änderung zur Bestellung {numbers} liegt einer Kollegin oder einem Kollegen vor; wir prüfen, "
        "was noch möglich ist, und melden uns.",
        "fr": "Merci. Votre modification de la commande {numbers} a été transmise à un collègue, qui examine ce qui est "
        "encore possible et revient vers vous.",
    },
    "change_taken": {
        "en": "Thank you. We could still change order {numbers} as you ask, and deliver it so:\n{cause}",
        "de": "Vielen Dank. Wir konnten die Bestellung {numbers} noch wie gewünscht ändern und liefern sie so:\n{cause}",
        "fr": "Merci. Nous avons encore pu modifier la commande {numbers} comme demandé et la livrons ainsi :\n{cause}",
    },
    "change_in_warehouse": {
        "en": "Thank you. Order {numbers} is being picked and packed already. A colleague checks what can still be stopped of "
        "your change and gets back to you; until then it goes as we confirmed it.\n{cause}",
        "de": "Vielen Dank. Die Bestellung {numbers} wird bereits kommissioniert. Wir prüfen, was von Ihrer Änderung noch "
        "aufzuhalten ist, und melden uns; bis dahin geht sie, wie wir sie bestätigt haben.\n{cause}",
        "fr": "Merci. La commande {numbers} est déjà en préparation. Un collègue vérifie ce qui peut encore être arrêté et "
        "revient vers vous ; d'ici là, elle part comme confirmée.\n{cause}",
    },
    "change_too_late": {
        "en": "Thank you. Order {numbers} has left our warehouse and can no longer be changed. What you need in addition, please "
        "order anew; what you no longer need, tell us, and we open a return.\n{cause}",
        "de": "Vielen Dank. Die Bestellung {numbers} hat unser Lager verlassen und lässt sich nicht mehr ändern. Was Sie "
        "zusätzlich brauchen, bestellen Sie bitte neu; was Sie nicht mehr brauchen, melden Sie als Rücksendung.\n{cause}",
        "fr": "Merci. La commande {numbers} a quitté notre entrepôt et ne peut plus être modifiée. Veuillez commander à part ce "
        "qu'il vous faut en plus ; pour ce dont vous n'avez plus besoin, écrivez-nous et nous ouvrons un retour.\n{cause}",
    },
    "change_answered": {
        "en": "Thank you. The attached message answers your change to order {numbers}.",
        "de": "Vielen Dank. Die beigefügte Nachricht beantwortet Ihre Änderung zur Bestellung {numbers}.",
        "fr": "Merci. Le message joint répond à votre modification de la commande {numbers}.",
    },
    "unmatched": {
        "en": "Thank you. You ask for a change to order {numbers}, but we have no open order of that number from you. A "
        "colleague can see your message; please tell us the number of the order that you mean.",
        "de": "Vielen Dank. Sie möchten die Bestellung {numbers} ändern, aber eine offene Bestellung mit dieser Nummer liegt "
        "uns von Ihnen nicht vor. Bitte nennen Sie uns die Nummer der gemeinten Bestellung.",
        "fr": "Merci. Vous demandez une modification de la commande {numbers}, mais nous n'avons aucune commande ouverte de "
        "ce numéro de votre part. Veuillez nous indiquer le numéro de la commande concernée.",
    },
    "status": {
        "en": "Thank you for asking. This is where your orders are:\n{cause}",
        "de": "Vielen Dank für Ihre Anfrage. So weit sind Ihre Bestellungen:\n{cause}",
        "fr": "Merci de votre demande. Voici où en sont vos commandes :\n{cause}",
    },
    "status_unknown": {
        "en": "Thank you for asking. We found no order of yours under the number you gave. Please send us the number of your "
        "purchase order; a colleague can see your message.",
        "de": "Vielen Dank für Ihre Anfrage. Unter der genannten Nummer haben wir keine Bestellung von Ihnen gefunden. Bitte "
        "senden Sie uns Ihre Bestellnummer.",
        "fr": "Merci de votre demande. Nous n'avons trouvé aucune commande de votre part sous ce numéro. Veuillez nous "
        "envoyer votre numéro de commande.",
    },
    "passed_on": {
        "en": "Thank you for your message. A colleague from sales gets back to you.",
        "de": "Vielen Dank für Ihre Nachricht. Unser Vertrieb meldet sich bei Ihnen.",
        "fr": "Merci de votre message. Un collègue du service commercial revient vers vous.",
    },
    "return_opened": {
        "en": "Thank you. We opened a return for order {numbers}. You get the return authorisation with a label in a "
        "message of its own.",
        "de": "Vielen Dank. Wir haben eine Rücksendung zur Bestellung {numbers} angelegt. Die Freigabe mit Etikett kommt in "
        "einer eigenen Nachricht.",
        "fr": "Merci. Nous avons ouvert un retour pour la commande {numbers}. L'autorisation de retour avec étiquette suit "
        "dans un message séparé.",
    },
    "return_authorised": {
        "en": "Your return {numbers} is authorised. Please pack the goods, put the attached label on the parcel and hand it "
        "to the carrier:\n{cause}",
        "de": "Ihre Rücksendung {numbers} ist freigegeben. Bitte verpacken Sie die Ware, kleben Sie das beigefügte Etikett "
        "auf das Paket und übergeben Sie es dem Paketdienst:\n{cause}",
        "fr": "Votre retour {numbers} est autorisé. Veuillez emballer la marchandise, coller l'étiquette jointe sur le colis "
        "et le remettre au transporteur :\n{cause}",
    },
    "return_refused": {
        "en": "We cannot take back the goods of return {numbers}: {cause}",
        "de": "Die Ware der Rücksendung {numbers} können wir nicht zurücknehmen: {cause}",
        "fr": "Nous ne pouvons pas reprendre la marchandise du retour {numbers} : {cause}",
    },
    "credit": {
        "en": "The goods of your return arrived. Credit note {numbers}: {cause}",
        "de": "Die Ware Ihrer Rücksendung ist eingetroffen. Gutschrift {numbers}: {cause}",
        "fr": "La marchandise de votre retour est arrivée. Avoir {numbers} : {cause}",
    },
    "ship_notice": {
        "en": "Your order {numbers} is on its way.\n{cause}",
        "de": "Ihre Bestellung {numbers} ist unterwegs.\n{cause}",
        "fr": "Votre commande {numbers} est en route.\n{cause}",
    },
}


def answer_text(matter: str, language: str | None, *, name: str = "", numbers: str = "", cause: str = "") -> str:
    """The answer on `matter` (a key of the texts here) in `language`, in English where we do not write that language."""
    texts = _TEXTS[matter]
    return texts.get((language or "en")[:2], texts["en"]).format(name=name or "your message", numbers=numbers, cause=cause)


def ship_notice_text(notice: ShipNotice, language: str) -> str:
    """The ship notice as a mail's text: carrier, tracking number, expected day, and every carton with its SSCC."""
    cartons = [
        f"SSCC {carton.sscc}: "
        + "; ".join(f"{plain(line.quantity.amount)} {line.quantity.unit} {line.sku}" for line in carton.lines)
        for carton in notice.cartons
    ]
    arrival = f", {notice.delivery_date.isoformat()}" if notice.delivery_date else ""
    head = f"{notice.carrier} {notice.tracking_number}{arrival}"
    return answer_text("ship_notice", language, numbers=notice.po_number, cause="\n".join((head, *_bounded(cartons))))


def _bounded(lines: Sequence[str], limit: int = 100) -> tuple[str, ...]:
    rest = len(lines) - limit
    return (*lines[:limit], f"… + {rest}") if rest > 0 else tuple(lines)
