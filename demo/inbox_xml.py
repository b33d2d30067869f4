"""The sample XML orders: UBL (Peppol BIS Ordering 3), cXML, and Order-X inside its PDF."""

from __future__ import annotations

import io
from xml.sax.saxutils import escape

import pikepdf

from demo.inbox_pdf_plain import trautwein
from demo.sample_orders import Sample, SampleLine
from demo.wording import price

_OUR_GLN = "4012345000009"


def westland(sample: Sample) -> bytes:
    """UBL 2.1 Order as a Peppol access point hands it over."""
    buyer, lines = sample.buyer, "\n".join(_westland_line(line) for line in sample.lines)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"
       xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
       xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:CustomizationID>urn:fdc:peppol.eu:poacc:trns:order:3</cbc:CustomizationID>
  <cbc:ProfileID>urn:fdc:peppol.eu:poacc:bis:order_only:3</cbc:ProfileID>
  <cbc:ID>{sample.po_number}</cbc:ID>
  <cbc:IssueDate>{sample.date}</cbc:IssueDate>
  <cbc:OrderTypeCode>220</cbc:OrderTypeCode>
  <cbc:Note>Levering op werkdagen voor 16.00 uur</cbc:Note>
  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
  <cac:BuyerCustomerParty>
    <cac:Party>
      <cbc:EndpointID schemeID="0088">{buyer["gln"]}</cbc:EndpointID>
      <cac:PartyIdentification><cbc:ID schemeID="0088">{buyer["gln"]}</cbc:ID></cac:PartyIdentification>
      <cac:PartyName><cbc:Name>{escape(buyer["name"])}</cbc:Name></cac:PartyName>
      <cac:PostalAddress>{_ubl_address(buyer)}</cac:PostalAddress>
      <cac:PartyTaxScheme>
        <cbc:CompanyID>{buyer["vat_id"]}</cbc:CompanyID>
        <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>
      </cac:PartyTaxScheme>
      <cac:PartyLegalEntity><cbc:RegistrationName>{escape(buyer["name"])}</cbc:RegistrationName></cac:PartyLegalEntity>
      <cac:Contact>
        <cbc:Name>F. van der Ende</cbc:Name>
        <cbc:ElectronicMail>{buyer["order_emails"]}</cbc:ElectronicMail>
      </cac:Contact>
    </cac:Party>
  </cac:BuyerCustomerParty>
  <cac:SellerSupplierParty>
    <cac:Party>
      <cbc:EndpointID schemeID="0088">{_OUR_GLN}</cbc:EndpointID>
      <cac:PartyLegalEntity>
        <cbc:RegistrationName>Brückner &amp; Hale Trade Supply GmbH</cbc:RegistrationName>
      </cac:PartyLegalEntity>
    </cac:Party>
  </cac:SellerSupplierParty>
  <cac:Delivery>
    <cac:DeliveryLocation>
      <cac:Address>{_ubl_address(sample.ship_to)}</cac:Address>
    </cac:DeliveryLocation>
  </cac:Delivery>
  <cac:PaymentTerms><cbc:Note>30 days net</cbc:Note></cac:PaymentTerms>
  <cac:AnticipatedMonetaryTotal>
    <cbc:LineExtensionAmount currencyID="EUR">{sample.total}</cbc:LineExtensionAmount>
    <cbc:PayableAmount currencyID="EUR">{sample.total}</cbc:PayableAmount>
  </cac:AnticipatedMonetaryTotal>
{lines}
</Order>
""".encode()


def _ubl_address(place: dict[str, str]) -> str:
    return f"""
        <cbc:StreetName>{escape(place["street"])}</cbc:StreetName>
        <cbc:CityName>{place["city"]}</cbc:CityName>
        <cbc:PostalZone>{place["postal_code"]}</cbc:PostalZone>
        <cac:Country><cbc:IdentificationCode>{place["country"]}</cbc:IdentificationCode></cac:Country>
      """


def _westland_line(line: SampleLine) -> str:
    own = (
        f"<cac:BuyersItemIdentification><cbc:ID>{line.own_number}</cbc:ID></cac:BuyersItemIdentification>"
        if line.own_number
        else ""
    )
    return f"""  <cac:OrderLine>
    <cac:LineItem>
      <cbc:ID>{line.number}</cbc:ID>
      <cbc:Quantity unitCode="{line.unit}">{line.quantity}</cbc:Quantity>
      <cbc:LineExtensionAmount currencyID="EUR">{line.amount}</cbc:LineExtensionAmount>
      <cac:Price>
        <cbc:PriceAmount currencyID="EUR">{price(line.price, "plain")}</cbc:PriceAmount>
        <cbc:BaseQuantity unitCode="{line.unit}">{line.basis}</cbc:BaseQuantity>
      </cac:Price>
      <cac:Item>
        <cbc:Name>{escape(line.text("en"))}</cbc:Name>
        {own}
        <cac:SellersItemIdentification><cbc:ID>{line.sku}</cbc:ID></cac:SellersItemIdentification>
        <cac:StandardItemIdentification><cbc:ID schemeID="0160">{line.article["gtin"]}</cbc:ID></cac:StandardItemIdentification>
      </cac:Item>
    </cac:LineItem>
  </cac:OrderLine>"""


def fontana(sample: Sample) -> bytes:
    """A cXML OrderRequest with the document type declaration that every cXML message has."""
    buyer, lines = sample.buyer, "\n".join(_fontana_line(line) for line in sample.lines)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.045/cXML.dtd">
<cXML payloadID="1795168802.{sample.po_number}@idraulica-fontana.example" timestamp="{sample.date}T08:20:02Z" xml:lang="it-IT">
  <Header>
    <From><Credential domain="NetworkID"><Identity>AN90441700281-T</Identity></Credential></From>
    <To><Credential domain="VendorID"><Identity>V-20871</Identity></Credential></To>
    <Sender>
      <Credential domain="NetworkID"><Identity>AN90441700281-T</Identity></Credential>
      <UserAgent>Approvvigiona 7.2</UserAgent>
    </Sender>
  </Header>
  <Request deploymentMode="production">
    <OrderRequest>
      <OrderRequestHeader orderID="{sample.po_number}" orderDate="{sample.date}T08:15:00+01:00" orderType="regular" type="new">
        <Total><Money currency="EUR">{sample.total}</Money></Total>
        <ShipTo>
          <Address isoCountryCode="IT" addressID="{sample.ship_to["gln"]}">
            <Name xml:lang="it">{escape(sample.ship_to["name"])}</Name>
            <PostalAddress name="Magazzino">
              <Street>{escape(sample.ship_to["street"])}</Street>
              <City>{sample.ship_to["city"]}</City>
              <State>{sample.ship_to["region"]}</State>
              <PostalCode>{sample.ship_to["postal_code"]}</PostalCode>
              <Country isoCountryCode="IT">Italia</Country>
            </PostalAddress>
          </Address>
        </ShipTo>
        <BillTo>
          <Address isoCountryCode="IT">
            <Name xml:lang="it">{escape(buyer["name"])}</Name>
            <PostalAddress>
              <Street>{escape(buyer["street"])}</Street>
              <City>{buyer["city"]}</City>
              <PostalCode>{buyer["postal_code"]}</PostalCode>
              <Country isoCountryCode="IT">Italia</Country>
            </PostalAddress>
          </Address>
        </BillTo>
        <PaymentTerm payInNumberOfDays="60"/>
        <Contact role="buyer">
          <Name xml:lang="it">Luca Perbellini</Name>
          <Email>acquisti@idraulica-fontana.example</Email>
        </Contact>
        <Comments xml:lang="it">Consegna presso il magazzino, lun-ven 8-12.</Comments>
        <Extrinsic name="buyerVatID">{buyer["vat_id"]}</Extrinsic>
      </OrderRequestHeader>
{lines}
    </OrderRequest>
  </Request>
</cXML>
""".encode()


def _fontana_line(line: SampleLine) -> str:
    unit = {"C62": "EA", "MTR": "MTR"}[line.unit]
    return f"""      <ItemOut quantity="{line.quantity}" lineNumber="{line.number}">
        <ItemID><SupplierPartID>{line.sku}</SupplierPartID><BuyerPartID>{line.own_number}</BuyerPartID></ItemID>
        <ItemDetail>
          <UnitPrice><Money currency="EUR">{price(line.price, "plain")}</Money></UnitPrice>
          <Description xml:lang="en">{escape(line.text("en"))}</Description>
          <UnitOfMeasure>{unit}</UnitOfMeasure>
          <Classification domain="UNSPSC">40000000</Classification>
          <ManufacturerPartID>{line.article["mpn"]}</ManufacturerPartID>
          <ManufacturerName>{escape(line.article["manufacturer"])}</ManufacturerName>
        </ItemDetail>
      </ItemOut>"""


def trautwein_hybrid(sample: Sample) -> bytes:
    """The PDF with order-x.xml attached as Order-X 1.0 (chapter 6) wants it: in the name tree and in AF, and told in XMP."""
    with pikepdf.open(io.BytesIO(trautwein(sample))) as pdf:
        attached = pikepdf.AttachedFileSpec(
            pdf,
            order_x(sample),
            description="Order-X",
            filename="order-x.xml",
            mime_type="text/xml",
            creation_date="D:20261119090000+01'00'",
            mod_date="D:20261119090000+01'00'",
        )
        attached.obj.AFRelationship = pikepdf.Name.Data
        pdf.attachments["order-x.xml"] = attached
        pdf.Root.AF = pikepdf.Array([pdf.make_indirect(attached.obj)])
        pdf.Root.Metadata = pikepdf.Stream(pdf, _XMP.encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        written = io.BytesIO()
        pdf.save(written, deterministic_id=True)
    return written.getvalue()


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:1p0#">
   <fx:DocumentType>ORDER</fx:DocumentType>
   <fx:DocumentFileName>order-x.xml</fx:DocumentFileName>
   <fx:Version>1.0</fx:Version>
   <fx:ConformanceLevel>COMFORT</fx:ConformanceLevel>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""


def order_x(sample: Sample) -> bytes:
    """The Order-X (CIO) message of a sample."""
    buyer, lines = sample.buyer, "\n".join(_order_x_line(line) for line in sample.lines)
    day = sample.date.replace("-", "")
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rsm:SCRDMCCBDACIOMessageStructure xmlns:rsm="urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100"
    xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:128"
    xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:128">
  <rsm:ExchangedDocumentContext>
    <ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn:order-x.eu:1p0:comfort</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter>
  </rsm:ExchangedDocumentContext>
  <rsm:ExchangedDocument>
    <ram:ID>{sample.po_number}</ram:ID>
    <ram:TypeCode>220</ram:TypeCode>
    <ram:IssueDateTime><udt:DateTimeString format="102">{day}</udt:DateTimeString></ram:IssueDateTime>
    <ram:PurposeCode>9</ram:PurposeCode>
  </rsm:ExchangedDocument>
  <rsm:SupplyChainTradeTransaction>
{lines}
    <ram:ApplicableHeaderTradeAgreement>
      <ram:SellerTradeParty>
        <ram:GlobalID schemeID="0088">{_OUR_GLN}</ram:GlobalID>
        <ram:Name>Brückner &amp; Hale Trade Supply GmbH</ram:Name>
        <ram:PostalTradeAddress>
          <ram:PostcodeCode>42117</ram:PostcodeCode><ram:LineOne>Am Alten Speicher 14</ram:LineOne>
          <ram:CityName>Wuppertal</ram:CityName><ram:CountryID>DE</ram:CountryID>
        </ram:PostalTradeAddress>
      </ram:SellerTradeParty>
      <ram:BuyerTradeParty>
        <ram:ID>{buyer["number"]}</ram:ID>
        <ram:GlobalID schemeID="0088">{buyer["gln"]}</ram:GlobalID>
        <ram:Name>{escape(buyer["name"])}</ram:Name>
{_order_x_address(buyer, indent=8)}
        <ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">{buyer["vat_id"]}</ram:ID></ram:SpecifiedTaxRegistration>
      </ram:BuyerTradeParty>
      <ram:ApplicableTradeDeliveryTerms><ram:DeliveryTypeCode>DAP</ram:DeliveryTypeCode></ram:ApplicableTradeDeliveryTerms>
    </ram:ApplicableHeaderTradeAgreement>
    <ram:ApplicableHeaderTradeDelivery>
      <ram:ShipToTradeParty>
        <ram:GlobalID schemeID="0088">{sample.ship_to["gln"]}</ram:GlobalID>
        <ram:Name>{escape(sample.ship_to["name"])}</ram:Name>
{_order_x_address(sample.ship_to, indent=8)}
      </ram:ShipToTradeParty>
    </ram:ApplicableHeaderTradeDelivery>
    <ram:ApplicableHeaderTradeSettlement>
      <ram:OrderCurrencyCode>EUR</ram:OrderCurrencyCode>
      <ram:SpecifiedTradePaymentTerms><ram:Description>30 Tage netto</ram:Description></ram:SpecifiedTradePaymentTerms>
      <ram:SpecifiedTradeSettlementHeaderMonetarySummation>
        <ram:LineTotalAmount>{sample.total}</ram:LineTotalAmount>
        <ram:TaxBasisTotalAmount>{sample.total}</ram:TaxBasisTotalAmount>
      </ram:SpecifiedTradeSettlementHeaderMonetarySummation>
    </ram:ApplicableHeaderTradeSettlement>
  </rsm:SupplyChainTradeTransaction>
</rsm:SCRDMCCBDACIOMessageStructure>
""".encode()


def _order_x_address(place: dict[str, str], indent: int) -> str:
    inner = (
        f"<ram:PostcodeCode>{place['postal_code']}</ram:PostcodeCode><ram:LineOne>{escape(place['street'])}</ram:LineOne>"
        f"<ram:CityName>{place['city']}</ram:CityName><ram:CountryID>{place['country']}</ram:CountryID>"
    )
    return " " * indent + f"<ram:PostalTradeAddress>{inner}</ram:PostalTradeAddress>"


def _order_x_line(line: SampleLine) -> str:
    return f"""    <ram:IncludedSupplyChainTradeLineItem>
      <ram:AssociatedDocumentLineDocument><ram:LineID>{line.number * 10}</ram:LineID></ram:AssociatedDocumentLineDocument>
      <ram:SpecifiedTradeProduct>
        <ram:GlobalID schemeID="0160">{line.article["gtin"]}</ram:GlobalID>
        <ram:SellerAssignedID>{line.sku}</ram:SellerAssignedID>
        <ram:BuyerAssignedID>{line.own_number}</ram:BuyerAssignedID>
        <ram:Name>{escape(line.text("de"))}</ram:Name>
      </ram:SpecifiedTradeProduct>
      <ram:SpecifiedLineTradeAgreement>
        <ram:NetPriceProductTradePrice>
          <ram:ChargeAmount>{price(line.price, "plain")}</ram:ChargeAmount>
          <ram:BasisQuantity unitCode="{line.unit}">{line.basis}</ram:BasisQuantity>
        </ram:NetPriceProductTradePrice>
      </ram:SpecifiedLineTradeAgreement>
      <ram:SpecifiedLineTradeDelivery>
        <ram:RequestedQuantity unitCode="{line.unit}">{line.quantity}</ram:RequestedQuantity>
      </ram:SpecifiedLineTradeDelivery>
      <ram:SpecifiedLineTradeSettlement>
        <ram:SpecifiedTradeSettlementLineMonetarySummation>
          <ram:LineTotalAmount>{line.amount}</ram:LineTotalAmount>
        </ram:SpecifiedTradeSettlementLineMonetarySummation>
      </ram:SpecifiedLineTradeSettlement>
    </ram:IncludedSupplyChainTradeLineItem>"""
