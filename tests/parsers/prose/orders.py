"""A plain order in each of the seven languages, with room for a sentence more."""

ORDERS = {
    "en": "Hi,\n\nplease send 20 boxes of nitrile gloves (art. NG-200) on our PO 4711. {}\n\nThanks\nJo",
    "de": "Guten Tag,\n\nbitte liefern Sie 20 Kartons Einweghandschuhe (Art. NG-200) zur Bestellung 4711. {}\n\nViele Grüße\nJo",
    "fr": "Bonjour,\n\nmerci de livrer 20 cartons de gants (réf. NG-200), commande n° 4711. {}\n\nMerci\nJo",
    "es": "Buenos días,\n\nenvíennos 20 cajas de guantes (ref. NG-200), pedido nº 4711. {}\n\nUn saludo\nJo",
    "it": "Buongiorno,\n\nvogliate inviarci 20 scatole di guanti (cod. NG-200), ordine n. 4711. {}\n\nSaluti\nJo",
    "nl": "Goedemorgen,\n\ngraag 20 dozen nitril handschoenen (art. NG-200) op onze bestelling 4711. {}\n\nGroet\nJo",
    "pl": "Dzień dobry,\n\nprosimy o 20 kartonów rękawic nitrylowych (indeks NG-200), zamówienie nr 4711. {}\n\nPozdrawiam\nJo",
}
