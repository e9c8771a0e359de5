import { spoken, stem } from "./words.js";

/**
 * Words of everyday requests that say one thing, in English, German and Spanish; `*` stands for any ending. Requests and cards are
 * compared by these, so that `Zusammenfassung` names a member that makes an abstract.
 */
const groups: readonly string[] = [
  // what is done
  "summary summar* shorten* abstract* digest* gist condens* brief résumé boil* zusammenfass* fasse kürz* kuerz* kurzfassung* resum* sinopsis overview",
  "translat* übersetz* übertrag* traduc* traduz*",
  "correct* korrig* korrektur* corrig* correc* spelling spellcheck* proofread* rechtschreib* ortograf* typo*",
  "polish* improve* refine* verbesser* überarbeit* pulir mejor*",
  "check* prüf* überprüf* revis* comprob* verif* inspect*",
  "compar* vergleich* contrast* differ* unterschied* unterscheid* diferenc*",
  "count* tally number zähl* anzahl cont* cuent* length länge wordcount*",
  "rate* rating grade* grading bewert* benot* note* puntu* calific* score* evaluat* points punkte",
  "classif* label* tag* categor* kategor* einordn* clasific*",
  "list* auflist* aufzähl* enumer*",
  "extract* pull* herauszieh* extra*",
  "explain* explan* plain* layman* simplif* simple* erklär* erläuter* verständlich* einfach* explic* sencill*",
  "convert* turn* transform* umrechn* umgerechn* rechne umwand* wandle convier*",
  "transcri* dictat* spoken speech said abschrift* transkri* diktat* dicta*",
  "read* reads ocr lies lesen liest lee* leer scan* eingescannt* gescannt* escane*",
  "anonym* redact* deidentif* pseudonym* schwärz* unkenntlich personal",
  "describ* beschreib* describ*",
  "draw* zeichn* dibuj*",
  "send* mail* email* verschick* schick* sende* envia* envía* enví* versand*",
  "publish* online veröffentlich* public* posts",
  "order* bestell* pedid* encarg*",
  "book* buch* reserv* gebucht*",
  "delete* remove* lösch* entfern* borr* elimin* quita*",
  "close* schließ* cerr* cierr*",
  "pay* refund* erstatt* zahl* reembols* pag*",
  "answer* reply replies respon* antwort* contest*",
  "apolog* entschuldig* disculp*",
  "reject* rejection* absage* ablehn* rechaz*",
  "question* frage* pregunt* quiz*",
  "write* draft* written schreib* verfass* entwurf* entwirf* escrib* redact*",
  "measur* mess* medi*",
  "find* find* such* busc* encuentr*",
  // what is spoken of
  "title* headline* überschrift* schlagzeile* titel* titul* título*",
  "tagline* slogan* motto* lema* teaser*",
  "keyword* stichwort* stichwört* schlagwort* schlagwört* clave*",
  "topic* subject* thema* themen* tema* betreff* asunto*",
  "mood* sentiment* stimmung* ánimo* feeling* gefühl* sentimient*",
  "tone* tonfall* tono*",
  "language* sprache* idioma*",
  "article* artikel* artículo* piece* beitrag*",
  "essay* aufsatz* aufsätz* ensayo* redacción*",
  "letter* brief* schreiben carta*",
  "mail* email* mails",
  "message* nachricht* mensaje*",
  "note* notiz* nota",
  "memo* sprachmemo* sprachnotiz*",
  "document* dokument* documento* unterlage*",
  "report* bericht* informe* reporte*",
  "contract* vertrag* verträg* contrato* agreement*",
  "recipe* rezept* receta*",
  "ingredient* zutat*",
  "story* geschicht* historia* relato*",
  "review* rezension* reseña* opinion* bewertung*",
  "complaint* beschwerde* queja*",
  "clause* klausel* cláusula*",
  "page* seite* página* sheet*",
  "photo* picture* image* bild* foto* imagen*",
  "invoice* bill* rechnung* factura*",
  "receipt* quittung* beleg* kassenbon* recibo*",
  "price* preis* precio* cost* kosten",
  "discount* rebate* rabatt* descuento* off",
  "percent* prozent* porcent* ciento",
  "amount* betrag* importe* monto*",
  "date* datum* fecha*",
  "address* adress* anschrift* dirección* direccion*",
  "sender* absender* remitente* from",
  "receiver* recipient* empfänger* destinatari*",
  "customer* client* kund* cliente*",
  "patient* paciente*",
  "diagnos* diagnóst*",
  "name* namen nombre*",
  "person persons people who personen leute persona personas gente servings portion*",
  "place* location* site* where ort* lugar* sitio*",
  "word* wort* wörter* palabra*",
  "sentence* satz* sätze* frase* oración*",
  "duty duties zoll* arancel*",
  "distance* entfernung* strecke* distancia*",
  "goods* ware* mercanc*",
  "weather* wetter* tiempo",
  "safety* hazard* danger* sicherheit* gefahr* segurid* peligr*",
  "risk* risik* riesgo*",
  "slug* url*",
  "shopping einkauf* compra*",
  "minutes protokoll* acta*",
  "original* ursprüngl* original*",
  // languages
  "german* deutsch* alem*",
  "english* englisch* inglés* ingles*",
  "french* französisch* franc*",
  "spanish* spanisch* español* espanol*",
  "italian* italienisch* italiano*",
  "polish-language polnisch* polaco*",
  "dutch* niederländ* neerland*",
  "portuguese* portugies* portugu*",
];

const exact = new Map<string, string>();
const prefixes: [string, string][] = [];
for (const group of groups) {
  const [concept, ...words] = group.split(" ");
  for (const word of [concept!, ...words]) {
    if (word.endsWith("*")) prefixes.push([word.slice(0, -1), concept!.replace("*", "")]);
    else exact.set(word, concept!.replace("*", ""));
  }
}
// The longest beginning says most.
prefixes.sort(([a], [b]) => b.length - a.length);

/** What a word says: the name of its group, or its stem where it is in none. */
export function conceptOf(word: string): string {
  const said = word.toLowerCase();
  return (
    exact.get(said) ??
    exact.get(said.replace(/(?:e?s|en|n)$/, "")) ??
    prefixes.find(([start]) => said.startsWith(start))?.[1] ??
    stem(said.replace(/[äöü]/g, (letter) => folded[letter]!)).slice(0, longest)
  );
}

const folded: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue" };
/** Where words of no group are cut: `formuliere` and `formuliert` say one thing. */
const longest = 8;

/** The concepts of a text in their order, words that say nothing by themselves left out. */
export function conceptsOf(text: string): string[] {
  return (spoken(text).match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !empty.has(word)).map(conceptOf);
}

const empty = new Set(
  [
    "a an and any are as at be by can do does each for has have i in into is it its me my not of on one or other our out please say some so text texts than that the their them there they this to up was we what which who will with you your how",
    "der die das den dem des ein eine einen einem eines und oder im in ins am an auf aus bei mit von vom zu zum zur für ist sind wird was wie wir uns ich sie es er bitte auch noch nur soll brauchen",
    "el la los las un una unos unas y e o de del en al a por para con se su sus lo le que es son como me nos haz",
  ]
    .join(" ")
    .split(" "),
);
