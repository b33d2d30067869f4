"""Invented companies: names and streets of no real one, in towns whose postal codes have the form of their country."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Company:
    """A party with one address. `country` is ISO 3166-1 alpha-2, `country_name` as printed in its own language."""

    name: str
    street: str
    postal_code: str
    city: str
    country: str
    country_name: str
    region: str = ""
    person: str = ""
    phone: str = ""
    email: str = ""
    vat_id: str = ""

    @property
    def town(self) -> str:
        """The line of town and postal code as the country writes it."""
        if self.country == "US":
            return f"{self.city}, {self.region} {self.postal_code}"
        if self.country in ("GB", "IE"):
            return f"{self.city} {self.postal_code}"
        if self.country == "IT" and self.region:
            return f"{self.postal_code} {self.city} ({self.region})"
        return f"{self.postal_code} {self.city}"


#: country: printed name | streets | towns as "postal code,city[,region]" | legal forms | VAT id's form (# a digit)
_COUNTRIES = {
    "GB": "United Kingdom|{n} Chandler Row;{n} Old Foundry Lane;Unit {n} Larkfield Trading Estate;{n} Copperas Road"
    "|LS1 6AA,Leeds;HU1 2AB,Hull;B4 7SL,Birmingham;BS1 4ST,Bristol;S3 8NT,Sheffield|Ltd;plc;LLP|GB#########",
    "IE": "Ireland|{n} Harbour Walk;Unit {n} Millbrook Business Park;{n} Linen Street"
    "|D02 X285,Dublin;T12 RW82,Cork;H91 E2R5,Galway|Ltd;DAC|IE#######T",
    "US": "USA|{n}00 Quarry Bend Rd;{n}15 Ironwood Parkway;{n} Commerce Dr, Suite 2{n};{n}20 W Lakeline Ave"
    "|44114,Cleveland,OH;60607,Chicago,IL;29601,Greenville,SC;75201,Dallas,TX;49503,Grand Rapids,MI|Inc.;LLC;Corp.|",
    "DE": "Deutschland|Talstraße {n};Am Kupferhammer {n};Gewerbering {n};Hafenweg {n}a;An der Schleuse {n}"
    "|72070,Tübingen;48155,Münster;01097,Dresden;90402,Nürnberg;28195,Bremen|GmbH;AG;GmbH & Co. KG;KG|DE#########",
    "AT": "Österreich|Mühlgasse {n};Industriestraße {n};Am Anger {n}|4020,Linz;8010,Graz;1100,Wien|GmbH;AG|ATU########",
    "CH": "Schweiz|Fabrikstrasse {n};Seeweg {n}|8005,Zürich;3007,Bern;4051,Basel|AG;GmbH|",
    "FR": "France|{n} rue des Tanneurs;{n} avenue du Canal;ZI des Charmes, {n} rue Neuve;{n} bis, chemin du Port"
    "|69007,Lyon;59000,Lille;31000,Toulouse;44200,Nantes|SARL;SAS;SA|FR###########",
    "BE": "Belgique|rue du Moulin {n};quai des Usines {n}|4000,Liège;1000,Bruxelles;5000,Namur|SRL;SA|BE0#########",
    "ES": "España|C/ Molinos, {n};Pol. Ind. La Vega, parcela {n};Avda. del Puerto {n};Calle Herreros {n}"
    "|46021,Valencia;48009,Bilbao;50015,Zaragoza;08018,Barcelona|S.L.;S.A.|ESB########",
    "IT": "Italia|Via dei Fabbri {n};Via del Lavoro, {n};Viale dell'Industria {n}/A;Via Mulino {n}"
    "|40128,Bologna,BO;35127,Padova,PD;20138,Milano,MI;10135,Torino,TO|S.r.l.;S.p.A.|IT###########",
    "NL": "Nederland|Handelskade {n};Molenweg {n};Energieweg {n}-{n}|3542 AD,Utrecht;5651 GH,Eindhoven;9723 JB,Groningen"
    "|B.V.;N.V.|NL#########B01",
    "PL": "Polska|ul. Młyńska {n};ul. Składowa {n};al. Kolejowa {n}|61-701,Poznań;50-127,Wrocław;30-552,Kraków;80-871,Gdańsk"
    "|Sp. z o.o.;S.A.|PL##########",
}
COUNTRIES_OF = {
    "en": ("GB", "US", "US", "IE"), "de": ("DE", "DE", "AT", "CH"), "fr": ("FR", "FR", "BE"), "es": ("ES",), "it": ("IT",),
    "nl": ("NL",), "pl": ("PL",),
}  # fmt: skip
CURRENCY_OF = {"GB": "GBP", "US": "USD", "CH": "CHF", "PL": "PLN"}
_STEMS = [
    "Fenwick",
    "Hollister",
    "Brantley",
    "Rohrbach",
    "Velden",
    "Marwick",
    "Castellon",
    "Tarnow",
    "Lindqvist",
    "Ostrava",
    "Dunmore",
    "Calloway",
    "Pelham",
    "Grevel",
    "Altmoor",
    "Sanborne",
    "Kestrel",
    "Varga",
    "Morelle",
    "Treviso",
    "Halden",
    "Wexcombe",
    "Burgau",
    "Ferrand",
    "Almena",
    "Zelten",
    "Norvik",
    "Tessaro",
    "Breda",
    "Orlik",
]
_BRANCHES = {
    "en": "Supply;Industries;Rigging;Components;Services;Trading;Systems;Group",
    "de": "Verbindungstechnik;Handels;Anlagenbau;Gebäudetechnik;Werkzeugbau;Logistik;Versorgung",
    "fr": "Industrie;Équipements;Distribution;Négoce;Bâtiment;Ateliers",
    "es": "Suministros;Industrial;Montajes;Distribuciones;Talleres",
    "it": "Forniture;Impianti;Industriale;Costruzioni;Meccanica",
    "nl": "Techniek;Handel;Installaties;Groothandel;Bouw",
    "pl": "Technika;Handel;Instalacje;Hurtownia;Produkcja",
}
_PERSONS = {
    "en": "Ann Perrin;J. Holt;Mary Osgood;D. Quill",
    "de": "Ilse Brandt;K. Weidner;Jens Oltmann;Dr. P. Rau",
    "fr": "Claire Vasseur;J. Morin;Luc Ferret",
    "es": "Marta Olmos;J. Rueda;Luis Prado",
    "it": "Elena Corti;G. Fabbri;Luca Serra",
    "nl": "Anke de Wit;P. Vermeer;Joost Smit",
    "pl": "Anna Lis;P. Zawada;Jan Kruk",
}
_STATES_SPELT = {"CH": {"fr": "Suisse", "it": "Svizzera"}, "BE": {"nl": "België"}}


def invent_company(draw: random.Random, language: str, country: str | None = None) -> Company:
    """A company in a country of `language` (or in `country`), with a person, a telephone, a mail address and a VAT id."""
    where = country or draw.choice(COUNTRIES_OF[language])
    printed, streets, towns, forms, vat = _COUNTRIES[where].split("|")
    printed = _STATES_SPELT.get(where, {}).get(language, printed)
    postal, city, *region = draw.choice(towns.split(";")).split(",")
    stem = draw.choice(_STEMS)
    spoken = next((each for each, places in COUNTRIES_OF.items() if where in places), language)
    name = f"{stem} {draw.choice(_BRANCHES[spoken].split(';'))} {draw.choice(forms.split(';'))}"
    return Company(
        name=name,
        street=draw.choice(streets.split(";")).format(n=draw.randint(2, 98)),
        postal_code=postal,
        city=city,
        country=where,
        country_name=printed,
        region=region[0] if region else "",
        person=draw.choice(_PERSONS[spoken].split(";")),
        phone=f"+{draw.randint(30, 49)} {draw.randint(100, 999)} {draw.randint(10000, 999999)}",
        email=f"{draw.choice(('einkauf', 'orders', 'purchasing', 'office'))}@{stem.lower()}-{where.lower()}.example",
        vat_id="".join(str(draw.randint(1, 9)) if sign == "#" else sign for sign in vat),
    )
