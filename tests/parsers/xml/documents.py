"""Small XML orders for the tests, written for this project."""

from __future__ import annotations

UBL_NAMES = (
    'xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2" '
    'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" '
    'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'
)
UBL_HEAD = """
<cbc:CustomizationID>urn:fdc:peppol.eu:poacc:trns:order:3</cbc:CustomizationID>
<cbc:ID>4500123456</cbc:ID><cbc:IssueDate>2026-11-03</cbc:IssueDate><cbc:Note>Ring first</cbc:Note>
<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:BuyerCustomerParty><cac:Party>
  <cbc:EndpointID schemeID="0088">4000001000005</cbc:EndpointID>
  <cac:PartyName><cbc:Name>Müller GmbH</cbc:Name></cac:PartyName>
  <cac:PostalAddress><cbc:StreetName>Hauptstr.</cbc:StreetName><cbc:BuildingNumber>1</cbc:BuildingNumber>
    <cbc:CityName>Köln</cbc:CityName><cbc:PostalZone>50667</cbc:PostalZone>
    <cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
  <cac:PartyTaxScheme><cbc:CompanyID>DE123456789</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
</cac:Party></cac:BuyerCustomerParty>
<cac:Delivery><cac:RequestedDeliveryPeriod><cbc:EndDate>2026-11-20</cbc:EndDate></cac:RequestedDeliveryPeriod></cac:Delivery>
"""
UBL_LINE = """
<cac:OrderLine><cac:LineItem><cbc:ID>10</cbc:ID><cbc:Quantity unitCode="C62">1200</cbc:Quantity>
<cbc:LineExtensionAmount currencyID="EUR">142.50</cbc:LineExtensionAmount>
<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator><cbc:MultiplierFactorNumeric>5</cbc:MultiplierFactorNumeric>
  <cbc:Amount currencyID="EUR">7.50</cbc:Amount><cbc:BaseAmount currencyID="EUR">150.00</cbc:BaseAmount></cac:AllowanceCharge>
<cac:Price><cbc:PriceAmount currencyID="EUR">12.50</cbc:PriceAmount>
<cbc:BaseQuantity unitCode="C62">100</cbc:BaseQuantity></cac:Price>
<cac:Item><cbc:Name>Hex bolt
   M8x40</cbc:Name>
<cac:BuyersItemIdentification><cbc:ID>A-889</cbc:ID></cac:BuyersItemIdentification>
<cac:SellersItemIdentification><cbc:ID>HX-M8-40</cbc:ID></cac:SellersItemIdentification>
<cac:StandardItemIdentification><cbc:ID schemeID="0160">4006381333931</cbc:ID></cac:StandardItemIdentification></cac:Item>
</cac:LineItem></cac:OrderLine>
"""


def ubl(*parts: str, root: str = "Order") -> bytes:
    """A UBL document of the given parts."""
    return f"<{root} {UBL_NAMES.format(root=root)}>{''.join(parts)}</{root}>".encode()


def cxml(header: str = "", lines: str = "", *, kind: str = "new", mode: str = "production") -> bytes:
    """A cXML OrderRequest with an external DTD, as partners send it."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.050/cXML.dtd">
<cXML payloadID="1@buyer" timestamp="2026-11-03T08:15:00+01:00"><Header>
<From><Credential domain="NetworkId"><Identity>AN01</Identity></Credential></From>
<To><Credential domain="NetworkId"><Identity>AN02</Identity></Credential></To>
<Sender><Credential domain="NetworkId">
<Identity>AN01</Identity><SharedSecret>hunter2</SharedSecret></Credential></Sender></Header>
<Request deploymentMode="{mode}"><OrderRequest>
<OrderRequestHeader orderID="PO-7" orderDate="2026-11-03T08:15:00+01:00" type="{kind}">
<Total><Money currency="USD">25.00</Money></Total>{header}</OrderRequestHeader>{lines}
</OrderRequest></Request></cXML>""".encode()


CXML_LINE = """<ItemOut quantity="10" lineNumber="1" requestedDeliveryDate="2026-11-20T00:00:00+01:00">
<ItemID><SupplierPartID>HX-M8-40</SupplierPartID><BuyerPartID>A-889</BuyerPartID></ItemID>
<ItemDetail><UnitPrice><Money currency="USD">250.00</Money></UnitPrice><Description xml:lang="en">Hex bolt</Description>
<UnitOfMeasure>KGM</UnitOfMeasure><PriceBasisQuantity quantity="100" conversionFactor="1"/></ItemDetail>
<Comments>No pallets</Comments></ItemOut>"""


def orderx(*lines: str, kind: str = "220", guideline: str = "urn:order-x.eu:1p0:basic", agreement: str = "") -> bytes:
    """A cross-industry order."""
    return f"""<rsm:SCRDMCCBDACIOMessageStructure xmlns:rsm="urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100"
 xmlns:ram="urn:ram" xmlns:udt="urn:udt"><rsm:ExchangedDocumentContext>
<ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>{guideline}</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter>
</rsm:ExchangedDocumentContext><rsm:ExchangedDocument><ram:ID>PO-9</ram:ID><ram:TypeCode>{kind}</ram:TypeCode>
<ram:IssueDateTime><udt:DateTimeString format="203">202611030815</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>{"".join(lines)}<ram:ApplicableHeaderTradeAgreement><ram:BuyerTradeParty>
<ram:GlobalID schemeID="0088">4000001000005</ram:GlobalID><ram:Name>Müller GmbH</ram:Name></ram:BuyerTradeParty>{agreement}
</ram:ApplicableHeaderTradeAgreement><ram:ApplicableHeaderTradeSettlement><ram:OrderCurrencyCode>EUR</ram:OrderCurrencyCode>
</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:SCRDMCCBDACIOMessageStructure>""".encode()


ORDERX_LINE = """<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>1</ram:LineID>
</ram:AssociatedDocumentLineDocument><ram:SpecifiedTradeProduct><ram:GlobalID schemeID="0160">4006381333931</ram:GlobalID>
<ram:SellerAssignedID>HX-M8-40</ram:SellerAssignedID><ram:Name>Hex bolt</ram:Name></ram:SpecifiedTradeProduct>
<ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>20.00</ram:ChargeAmount>
<ram:BasisQuantity unitCode="C62">2</ram:BasisQuantity></ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
<ram:SpecifiedLineTradeDelivery>
<ram:RequestedQuantity unitCode="MTK">4.052</ram:RequestedQuantity></ram:SpecifiedLineTradeDelivery>
</ram:IncludedSupplyChainTradeLineItem>"""


OPENTRANS_LINE = """<ORDER_ITEM><LINE_ITEM_ID>1</LINE_ITEM_ID><PRODUCT_ID>
<b:SUPPLIER_PID type="supplier_specific">HX-M8-40</b:SUPPLIER_PID>
<b:INTERNATIONAL_PID type="gtin">4006381333931</b:INTERNATIONAL_PID>
<b:BUYER_PID type="buyer_specific">A-889</b:BUYER_PID><b:DESCRIPTION_SHORT>Hex bolt M8x40</b:DESCRIPTION_SHORT></PRODUCT_ID>
<PRODUCT_FEATURES><FEATURE><b:FNAME>Finish</b:FNAME><b:FVALUE>zinc</b:FVALUE></FEATURE></PRODUCT_FEATURES>
<QUANTITY>1200</QUANTITY><b:ORDER_UNIT>C62</b:ORDER_UNIT>
<PRODUCT_PRICE_FIX><b:PRICE_AMOUNT>12.50</b:PRICE_AMOUNT><b:PRICE_QUANTITY>100</b:PRICE_QUANTITY></PRODUCT_PRICE_FIX>
<PRICE_LINE_AMOUNT>150.00</PRICE_LINE_AMOUNT><REMARKS type="general">in cartons of 200</REMARKS></ORDER_ITEM>"""


def opentrans(*items: str, root: str = "ORDER", info: str = "", control: str = "", count: int | None = None) -> bytes:
    """An openTRANS 2.1 order of these items; its summary counts them unless `count` says otherwise."""
    body = "".join(items).replace("ORDER_ITEM", f"{root}_ITEM")
    return f"""<{root} xmlns="http://www.opentrans.org/XMLSchema/2.1" xmlns:b="http://www.bmecat.org/bmecat/2005" version="2.1">
<{root}_HEADER><CONTROL_INFO>{control}<GENERATION_DATE>2026-11-03T09:30:00</GENERATION_DATE></CONTROL_INFO>
<{root}_INFO><ORDER_ID>4500123456</ORDER_ID><ORDER_DATE>2026-11-03T09:30:00+01:00</ORDER_DATE>
<DELIVERY_DATE type="fixed"><DELIVERY_START_DATE>2026-11-20</DELIVERY_START_DATE>
<DELIVERY_END_DATE>2026-11-20</DELIVERY_END_DATE></DELIVERY_DATE>
<PARTIES><PARTY><b:PARTY_ID type="supplier_specific">70038</b:PARTY_ID><PARTY_ROLE>buyer</PARTY_ROLE>
<ADDRESS><b:NAME>Kessler GmbH</b:NAME><b:STREET>Hafenstr. 1</b:STREET><b:ZIP>20457</b:ZIP><b:CITY>Hamburg</b:CITY>
<b:COUNTRY>Deutschland</b:COUNTRY><b:COUNTRY_CODED>DE</b:COUNTRY_CODED><b:EMAIL>einkauf@kessler.example</b:EMAIL></ADDRESS></PARTY>
<PARTY><b:PARTY_ID type="gln">4012345000009</b:PARTY_ID><PARTY_ROLE>supplier</PARTY_ROLE></PARTY>
<PARTY><b:PARTY_ID type="buyer_specific">L2</b:PARTY_ID><PARTY_ROLE>delivery</PARTY_ROLE>
<ADDRESS><b:NAME>Lager 2</b:NAME><b:CITY>Harburg</b:CITY></ADDRESS></PARTY></PARTIES>
<ORDER_PARTIES_REFERENCE><b:BUYER_IDREF>70038</b:BUYER_IDREF></ORDER_PARTIES_REFERENCE>
<b:CURRENCY>EUR</b:CURRENCY>{info}</{root}_INFO></{root}_HEADER>
<{root}_ITEM_LIST>{body}</{root}_ITEM_LIST>
<{root}_SUMMARY><TOTAL_ITEM_NUM>{len(items) if count is None else count}</TOTAL_ITEM_NUM><TOTAL_AMOUNT>150.00</TOTAL_AMOUNT>
</{root}_SUMMARY></{root}>""".encode()
