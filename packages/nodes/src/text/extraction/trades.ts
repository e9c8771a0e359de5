import { plainWords } from "./plain-words.js";

/** Words for what a company does or is, by themselves or at the end of a compound, in the languages of `concepts`. */
const words = `cafe kaffee coffee restaurant restoran restauracja restaurace ristorante restaurante ravintola restaurang trattoria osteria pizzeria
  bistro brasserie grill pub kitchen hotel hostel inn gasthaus gasthof albergo bakery bakeries backerei baeckerei boulangerie panaderia
  padaria panificio piekarnia bageri pekarstvi pharmacy apotheke pharmacie farmacia apotek apteka lekarna eczane clinic klinik clinica clinique
  klinika praxis practice hospital market supermarket supermercado supermercados supermarche mart minimart store stores shop shoppe boutique
  kedai pasaraya perniagaan syarikat toko market mercado marche mercato markt marked delikatesy sklep obchod kauppa butik garage
  tankstelle station baumarkt metzgerei fleischerei boucherie carniceria macelleria drogerie hardware electrical electronics machinery
  motor motors auto trading enterprise enterprises holdings marketing industries supply supplies services service solutions systems
  logistics couriers courier transport express spedition bookstore books bookshop buchhandlung boekhandel librairie libreria livraria stationery papeterie
  printing bank banque banco banca university universitat universite universidad university school schule institute
  pension penzión pensione albergue gasthuis theatre tandartspraktijk penzione insurance versicherung assurance assurances seguros assicurazioni verzekeringen forsakring forsikring ubezpieczenia pojistovna sigorta
  analytics software media digital technologies labs design energy stadtwerke telecom airlines airways railways society union committee council
  gemeinde finanzamt ministry department kahvila cafeteria tavern taverna ταβερνα forum foundation stiftung fondation fondazione fundacion fundacja stiftelsen association verein association associazione asociacion
  forening foreningen theatre theater teatro theatre museum musee museo club clube agency agentur agence agencia immobilien
  property management consulting partners group gruppe groupe grupo gruppo studio salon saloon talleres taller werkstatt
  werk malerbetrieb betrieb menuiserie idraulica zaklad elservice hoveniers fencing plumbing heating bakehouse gallery
  cinema cinemas kino biograf library bibliothek biblioteca bibliotheque bibliotek bibliotheek kirjasto knihovna konyvtar gym fitness zoo camping campsite parkhaus schwimmbad piscine piscina aquarium oceanario planetarium colegio college lycee gymnasium kindergarten kita escola skola skole koulu
  centre center florist fashion boutique enoteca caffe cafeteria surgery estates aggregates landscapes council academy farm farms brewery brasserie
  nursery dairy winery cantina edil autotrasporti cooperative cooperativa genossenschaft druzstvo spoldzielnia hurtownia atelier atelierul verkstad
  autoservis autoskola skolka zavod ustav ured bolt etterem patika iskola spital magazin salonul farmacie cabinetul primaria consiliul asociatia
  rovers united wanderers athletic kapelle orchester chor band stadtverwaltung rathaus landratsamt
  ιατρειο φαρμακειο εστιατοριο καφε βιβλιοπωλειο γυμναστηριο σχολειο σχολη ξενοδοχειο κλινικη εταιρεια εταιρια δημος συλλογος φροντιστηριο συνεργειο
  компания клиника магазин школа аптека больница кафе ресторан гостиница сервис центр банк салон поликлиника музеи театр библиотека
  компанія клініка лікарня готель крамниця музеи кавярня ресторан бібліотека
  училище болница хотел`;
const listed = plainWords(words);
const compounds =
  /(?:theater|theatre|klinik|praxis|praktijk|museum|verlag|zentrum|centrum|pension|schule|markt|apotheke|backerei|baeckerei|metzgerei|werke?|handel|handlung|betrieb|service|haus|hotel|bank|verein|shop|store|mart|forening(?:en)?|bolag(?:et)?|firma|verkstad|verkstan|verksted|vaerksted|hospital|sygehus|sjukhus|ziekenhuis|krankenhaus|praksis|skolen|skolan|biblioteket|сервис|сервіс)$/;

/** Ends, and beginnings, of names in scripts that part no words. */
const unparted =
  /(?:書店|书店|商店|超市|酒店|饭店|餐厅|銀行|银行|医院|病院|薬局|クリニック|図書館|美術館|博物館|旅館|会館|協会|組合|センター|中心|大学|学校|店|서점|식당|병원|호텔|마트|은행|학교)$|^ホテル|ホテル$/;

/** Whether a word, in small letters without accents, is one for what a company does or is, and no compound. */
export const isTradeWord = (word: string): boolean => listed(word);

/** Whether a word, in small letters without accents, says what a company does or is. */
export const isTrade = (word: string): boolean => listed(word) || compounds.test(word) || unparted.test(word);
