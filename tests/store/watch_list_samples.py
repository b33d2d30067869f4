"""Lists of denied parties in their publishers' formats, with names that nobody bears."""

from __future__ import annotations

SDN_CSV = """\
36,"ZAREMBOV, Ilya Petrovich","individual","[RUSSIA-EO14024] [CYBER2]",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 01 Jan 1970."
173,"QALMARID TRADING FZE",-0- ,"IRAN",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0-
\x1a
"""
ALT_CSV = '36,12,"aka","ZAREMBOW, Ilja",-0-\n'

SDN_XML = """\
<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML">
  <publshInformation><Publish_Date>11/20/2026</Publish_Date><Record_Count>1</Record_Count></publshInformation>
  <sdnEntry>
    <uid>36</uid><firstName>Ilya Petrovich</firstName><lastName>ZAREMBOV</lastName><sdnType>Individual</sdnType>
    <programList><program>CYBER2</program></programList>
    <akaList><aka><uid>12</uid><firstName>Ilja</firstName><lastName>ZAREMBOW</lastName></aka></akaList>
    <addressList><address><country>Belarus</country></address></addressList>
  </sdnEntry>
</sdnList>
"""

EU_XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-11-19T14:00:00.000+01:00">
  <sanctionEntity euReferenceNumber="EU.27.28" logicalId="13">
    <regulation programme="BLR"/><subjectType code="enterprise" classificationCode="E"/>
    <nameAlias wholeName="Vostokgrom Maschinery OAO" strong="true"/><nameAlias wholeName="Востокгром Машинери"/>
    <address countryIso2Code="BY"/>
  </sanctionEntity>
</export>
"""

UN_XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-11-18T23:00:00Z">
  <INDIVIDUALS><INDIVIDUAL>
    <DATAID>690</DATAID><FIRST_NAME>QASHIR</FIRST_NAME><SECOND_NAME>AL-DANFAR</SECOND_NAME><UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE>
    <REFERENCE_NUMBER>QDi.990</REFERENCE_NUMBER><NAME_ORIGINAL_SCRIPT>قاشر الدنفر</NAME_ORIGINAL_SCRIPT>
    <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Kashir al Danfar</ALIAS_NAME></INDIVIDUAL_ALIAS>
    <INDIVIDUAL_ADDRESS><COUNTRY>Yemen</COUNTRY></INDIVIDUAL_ADDRESS>
  </INDIVIDUAL></INDIVIDUALS>
  <ENTITIES><ENTITY>
    <DATAID>691</DATAID><FIRST_NAME>TAWBIR EXCHANGE</FIRST_NAME><REFERENCE_NUMBER>QDe.991</REFERENCE_NUMBER>
  </ENTITY></ENTITIES>
</CONSOLIDATED_LIST>
"""

UK_CSV = """\
Last Updated,18/11/2026
Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin Script,Country,Group Type,Alias Type,Regime,Group ID
ZAREMBOV,Ilya,Petrovich,,,,,Илья Зарембов,Russia,Individual,Primary name,Russia,14001
ZAREMBOW,Ilja,,,,,,,,Individual,AKA,Russia,14001
NORDVIR SHIPPING LTD,,,,,,,,Iran,Entity,Primary name,Iran,14002
"""
