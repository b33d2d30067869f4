"""XML orders: UBL, cXML, and Order-X in Cross Industry syntax, and the answers we write."""
