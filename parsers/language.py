"""The language of a text, of seven, by its commonest words. Short texts of numbers alone have none. Further languages are told
apart so that a person can be asked, for what their sentences say is not understood."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

_WORDS = {
    "en": "the and of to for with please this that from you your our are is on by we have be will as"
    " at it order quantity price delivery date unit address can could would hi hello thanks need send us any but not which if"
    " box boxes pcs pls asap tomorrow monday tuesday wednesday thursday friday regards cheers morning ordered"
    " reorder bags rolls packs tins cartons cases usual kind dear team following"
    " i me my was were been has had they them their what when where there here just some more so then than who how"
    " much many about also only very well",
    "de": "der die das und für mit bitte von zu den dem ist wir sie ein eine im auf nicht bei nach"
    " ihre unsere bestellung menge preis lieferung liefertermin datum stück hallo ich uns noch oder aber wie bis am wird haben"
    " morgen danke brauchen können guten"
    " bestellen brauche benötigen bräuchten nachbestellung karton kartons säcke rollen eimer stk montag"
    " dienstag mittwoch donnerstag freitag gruß grüße grüßen dank schicken liefern lieferadresse könnt könnten"
    " sehr geehrte herr frau papier weiße"
    " lieferant lieferanschrift bezeichnung einheit einzelpreis zahlungsbedingungen besteller"
    " mir mich dich dir du ihr euch es sind war waren hat hatte kann sollte so wenn weil dass auch nur mehr schon"
    " immer wieder einen einem einer kein keine meine mein unser dann jetzt heute bräuchte gerne gern vielen",
    "fr": "le la les et de des du pour avec nous vous votre notre est une un sur par dans merci au"
    " aux commande quantité prix livraison désignation bonjour il faut je que qui ne pas ce cette ainsi mais demain"
    " besoin faudrait boîtes cartons sacs rouleaux pots ramettes svp stp lundi mardi mercredi jeudi vendredi"
    " cordialement livrer voici réassort chantier madame monsieur bonsoir papier"
    " fournisseur règlement montant désignation référence unité destinataire"
    " tu te me moi mon ma mes ton ta tes ses vos nos on en sont suis ai avez avons était peux peut pouvez où quand"
    " chez bien plus très aussi tout tous toute comme si cela ça j y elle ils elles fait faire mettre demande",
    "es": "el la los las y de del para con por en una un su nuestro se que favor es al pedido"
    " cantidad precio entrega fecha descripción hola nos les gracias necesitamos buenos días mañana pero como"
    " cajas sacos bolsas rollos botes necesito mándame enviar lunes martes miércoles jueves viernes saludos"
    " saludo paquetes porfa obra folios reposición buenas tardes"
    " proveedor dirección importe concepto pago condiciones imponible referencia denominación unidad"
    " yo tú te mi mis me lo le han hay ha son está están estamos cuando donde muy más también todo todos porque si"
    " ya este esta estos esto sus os podéis podrían quiero queremos ser",
    "it": "il lo la gli le e di del della per con una un vostro nostro si che da in alla ordine"
    " quantità prezzo consegna data descrizione buongiorno ci vi non grazie domani servono ma come questo"
    " scatole sacchi rotoli latte risme mi mandami ordiniamo lunedì martedì mercoledì giovedì venerdì saluti"
    " cordiali confezioni pezzi riordino cantiere gentile spett carta"
    " fornitore pagamento destinazione importo imponibile articolo condizioni"
    " io tu mio mia te me lei sono siamo è era hanno abbiamo ho hai quando dove molto più anche tutto tutti perché"
    " se già questa questi nel nella dei delle degli dal al mandi potete puoi vorrei sarà essere",
    "nl": "de het een en van voor met op aan in is wij u uw ons onze niet te bij dat bestelling"
    " aantal prijs levering datum omschrijving jullie we kunnen graag morgen hallo nog als maar dit ook naar hebben wordt beste"
    " goedemorgen bedankt"
    " dozen zakken rollen emmers pakken stuks bestellen nabestelling leveren heb nodig maandag dinsdag woensdag"
    " donderdag vrijdag groet groeten vriendelijke aub kun papier"
    " leverancier afleveradres betaling eenheid bedrag betalingsvoorwaarden artikelnr"
    " ik je mij me mijn zijn was waren had hadden kan kon zou zo want omdat dan nu vandaag meer al er geen heel"
    " alles wel hier daar die deze wat wie waar over tot uit door",
    "pl": "i w z na do dla się nie jest o od oraz prosimy nasz nasze przez zamówienie ilość cena dostawa data nazwa szt"
    " dzień dobry proszę potrzebujemy jutro jak witam dziękuję ale czy"
    " zamawiam zamawiamy kartonów worki worków rolki rolek sztuk puszek ryz poniedziałek wtorek środę czwartek"
    " piątek pozdrawiam potrzebuję domówienie przywieź papieru budowę szanowni państwo"
    " dostawca płatność wartość razem nabywca zamawiający termin"
    " mi mnie mój moja my wy wam was nam nas są był była było być mamy macie mam może już jeszcze też tylko bardzo"
    " więc bo żeby tego to ten ta te po przy pod za u dzisiaj dziś czyli",
}
#: Languages of which only some words of forms are known.
_FOREIGN = {
    "sv": "och att är för på av med vi er vår vårt ert inte som från till det den ska kan inköpsorder beställning antal pris"
    " datum belopp moms summa leverantör leveransadress leveransdatum artikelnr benämning enhet rad betalningsvillkor hej tack",
    "da": "og at er for på af med vi jer vores jeres ikke som fra til det den skal kan indkøbsordre bestilling antal pris"
    " dato beløb moms leverandør leveringsadresse leveringsdato"
    " varenr varenummer beskrivelse enhed betalingsbetingelser venligst hilsen",
    "nb": "og at er for på av med vi dere vår vårt ikke som fra til det den skal kan innkjøpsordre bestilling antall"
    " pris dato beløp mva leverandør leveringsadresse leveringsdato"
    " varenr varenummer beskrivelse enhet betalingsbetingelser vennligst hilsen",
    "fi": "ja on ei tai sekä että ostotilaus tilaus määrä hinta päivä päivämäärä toimitusosoite toimituspäivä toimittaja yksikkö"
    " nimike maksuehto alv yhteensä veroton kpl tilausnumero toimitusehto yhteyshenkilö",
    "cs": "na je se že pro nebo od do ve při prosím objednávka objednáváme množství cena celkem dodavatel odběratel datum"
    " splatnost příjemce dodací označení kč dph ičo dič položka ks kód vystavil dne číslo u vás forma úhrady součet položek",
    "sk": "na je sa že pre alebo od do pri prosím objednávka objednávame množstvo cena spolu dodávateľ odberateľ dátum splatnosť"
    " príjemca dodacia označenie dph ičo dič položka ks kód vystavil dňa číslo u vás forma úhrady",
    "pt": "de do da dos das e em para com por uma um não os as ao à encomenda ordem compra quantidade preço unitário fornecedor"
    " entrega data morada endereço descrição unidade valor condições pagamento iva desconto total artigo código",
    "hu": "és az nem hogy vagy is megrendelés mennyiség egységár ár összesen szállító vevő dátum határidő szállítási cím áfa"
    " nettó bruttó megnevezés cikkszám db fizetési feltétel kérjük",
    "ro": "și de la pentru cu din pe este sau nu comandă cantitate preț valoare furnizor data livrare adresa denumire um tva"
    " total cumpărător plata termen produs cod buc",
}
_NAMES = {
    "sv": "Swedish", "da": "Danish", "nb": "Norwegian", "fi": "Finnish", "cs": "Czech", "sk": "Slovak", "pt": "Portuguese",
    "hu": "Hungarian", "ro": "Romanian",
}  # fmt: skip
#: Words that a language shares with none of the seven, so many different ones, make a text its own.
_LEAST_FOREIGN = 5
_SAMPLE = 20_000


@cache
def _by_word() -> dict[str, tuple[str, ...]]:
    languages: dict[str, tuple[str, ...]] = {}
    for language, words in _WORDS.items():
        for word in words.split():
            languages[word] = (*languages.get(word, ()), language)
    return languages


def language_of(text: str) -> str | None:
    """ISO 639-1 of the language with the most of its common words, where these are enough and clearly more than others'."""
    scores: Counter[str] = Counter()
    found = re.findall(r"[^\W\d_]+", text[:_SAMPLE].casefold())
    # Single letters are often no words: a size, an initial, a speck that was read. Each says something once.
    for word in [*(word for word in found if len(word) > 1), *sorted({word for word in found if len(word) == 1})]:
        for language in _by_word().get(word, ()):
            scores[language] += 12 // len(_by_word()[word])
    ranked = scores.most_common(2)
    if not ranked or ranked[0][1] < 24:
        return None
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] > ranked[1][1] else None


@cache
def _foreign_words() -> dict[str, frozenset[str]]:
    """The words of each further language that none of the seven has."""
    return {language: frozenset(words.split()) - _by_word().keys() for language, words in _FOREIGN.items()}


def foreign_language_of(text: str) -> tuple[str, str] | None:
    """ISO 639-1 code and English name of a language that is none of the seven, where the text has more of its own words than of
    any of theirs; None otherwise."""
    found = {word for word in re.findall(r"[^\W\d_]+", text[:_SAMPLE].casefold()) if len(word) > 1}
    own = {language: len(found & words) for language, words in _foreign_words().items()}
    language = max(own, key=lambda each: own[each])
    scores: Counter[str] = Counter(each for word in found for each in _by_word().get(word, ()))
    known = max(scores.values(), default=0)
    return (language, _NAMES[language]) if own[language] >= _LEAST_FOREIGN and own[language] > known else None
