"""A small company's folder, and a way to change one cell of it."""

# ruff: noqa: E501 - rows are as wide as the files have columns

from __future__ import annotations

from pathlib import Path

FILES = {
    "company.yaml": """\
name: Brook & Hale Trade Supply GmbH
street: Am Speicher 14
postal_code: 01067
city: Dresden
country: DE
vat_id: DE123456789
gln: '4012345000009'
gs1_prefix: '4012345'
currency: EUR
email: orders@brook-hale.example
nexus_states: [CA, OH]
""",
    "items.csv": """\
sku,gtin,manufacturer,mpn,description,description_de,description_fr,category,base_unit,pack_unit,pack_size,order_multiple,minimum_quantity,weight_kg,length_mm,width_mm,height_mm,tax_category,list_price,price_basis,currency,status,successor
HX-M8-40,4006381333931,Ferrum,F 88/40,"Hex bolt M8x40, zinc",,,Fasteners,C62,BX,100,1,1,0.02,60,13,13,standard,12.50,100,EUR,active,
HX-M8-45,,Ferrum,F-88-45,"Hex bolt M8x45, zinc",,,Fasteners,C62,,,1,1,0.02,65,13,13,standard,13,100,EUR,discontinued,HX-M8-40
CBL-1,,Kabel,KL1,"Cable 3G1.5",,,Cable,MTR,RO,100,50,50,0.1,0,0,0,standard,0.58,1,EUR,active,
""",
    "unit_conversions.csv": "sku,unit,base_quantity\nHX-M8-40,BX,100\nHX-M8-40,CT,1000\n",
    "customers.csv": """\
number,name,legal_form,street,postal_code,city,region,country,gln,vat_id,email_domains,order_emails,language,currency,price_list,payment_terms,payment_days,incoterm,credit_limit,open_balance,status,tax_exempt,partial_delivery,carrier_preference
10010,Ada GmbH,GmbH,Gasse 1,10115,Berlin,,DE,,DE216311718,Ada.example,buy@ada.example|b@ada.example,de,EUR,TRADE,30 days net,30,DAP,1000.00,20.50,active,no,yes,
70038,Cole Inc.,Inc.,1 Road,44101,Cleveland,OH,US,,,cole.example,,en,USD,US,30 days net,30,,500,0,blocked,yes,no,RKL
""",
    "ship_to.csv": "customer_number,code,name,street,postal_code,city,region,country,gln\n10010,W2,Ada Werk 2,Gasse 2,10117,Berlin,,DE,\n",
    "customer_items.csv": "customer_number,customer_part_number,sku\n10010,A-889,HX-M8-40\n10010,B 1,HX-M8-45\n10010,B-1,CBL-1\n",
    "prices.csv": """\
price_list,sku,minimum_quantity,unit_price,price_basis,currency,valid_from,valid_to
TRADE,HX-M8-40,1,11.00,100,EUR,2025-01-01,2025-12-31
TRADE,HX-M8-40,1,11.50,100,EUR,2026-01-01,
TRADE,HX-M8-40,1000,10.25,100,EUR,2026-01-01,
""",
    "warehouses.csv": "code,name,street,postal_code,city,country\nWUP,Zentrallager,Am Speicher 14,42117,Wuppertal,DE\n",
    "stock.csv": "warehouse,sku,bin,on_hand\nWUP,HX-M8-40,A-1,500\nWUP,CBL-1,B-1,120.5\n",
    "inbound.csv": "warehouse,sku,quantity,expected_in_days,reference\nWUP,HX-M8-40,1000,10,PO-26-1\n",
    "carriers.csv": """\
code,name,service,from_country,to_zone,max_weight_kg,base_price,price_per_kg,currency,transit_days
RKL,Rheinkurier,economy,DE,Z1,2500,5.90,0.18,EUR,2
RKL,Rheinkurier,economy,DE,Z2,2500,9.80,0.31,EUR,3
""",
    "zones.csv": "country,zone\nDE,Z1\nAT,Z2\n",
    "tax_rates.csv": """\
country,region,category,rate,valid_from,valid_to,source
DE,,standard,16,2020-07-01,2020-12-31,§ 28 UStG
DE,,standard,19,2021-01-01,,§ 12 UStG
DE,,reduced,7,2021-01-01,,§ 12 UStG
""",
    "exemptions.csv": "customer_number,region,certificate,valid_from,valid_to\n70038,OH,OH-1,2026-01-01,2030-12-31\n",
    "partners.csv": """\
customer_number,standard,our_id,our_qualifier,partner_id,partner_qualifier,version
10010,edifact,4012345000009,14,9521002300000,14,D96A
""",
}


def write_company(folder: Path) -> Path:
    """The folder with all files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Replace `old`, which must stand in the file, by `new`."""
    content = (folder / name).read_text(encoding="utf-8")
    assert old in content
    (folder / name).write_text(content.replace(old, new), encoding="utf-8")
