/** Titles of documents and words of their furniture, which name nobody. */
const furniture =
  /(?<!\p{L})(?:receipt|invoice|taxinvoice|bill|quittung|rechnung|kassenbon|bon|beleg|kundenbeleg|total|datum|date|thank|thanks|vielen dank|danke|willkommen|welcome|eur|euro|öffnungszeiten|offnungszeiten|kasse|kassa|artikel|menge|preis|facture|ticket|cash sales?|cash|posted|credit|debit|card|copy|duplicate|original|reprint|order|bestellung|table|tisch|boarding pass|agreement|contract|vertrag|contrato|contrat|kündigung|fahrkarte|entrada|billet|biglietto|factura|fatura|fattura|faktura|factuur|lasku|számla|kvittering|kvitto|kuitti|kwitancja|paragon|účtenka|doklad|recibo|recu|reçu|scontrino|documento|cupom|nota fiscal|subject|betreff|from|von|dear|hello|bonjour|hola|ciao|gentile|caro|cara|liebe[r]?|sehr geehrte[r]?|hej|cześć|tel|phone|telefon|fax|page|seite|счёт|счет|чек|квитанция|領収書|请求书|請求書|发票|收据|영수증|τιμολόγιο|απόδειξη|bon fiscal|chitanță|factură|fiş|fiş no|račun|blagajna)(?!\p{L})/iu;

/** Whether a line is a title, or a piece of furniture, rather than a name. */
export const isFurniture = (line: string): boolean => furniture.test(line);
