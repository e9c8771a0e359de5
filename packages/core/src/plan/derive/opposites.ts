import { wordGroups } from "./word-groups.js";
import { spoken } from "./words.js";

/** What stands over against another in requests and schemas: the words of one side, and those of the other. */
const opposites = {
  time: [
    "before old older earlier previous prior former first original baseline start starting begin beginning opening birth* vorher vorige* alt alte alter alten früher* bisherig* zuvor ausgang* antes anterior* viejo vieja previo previa antigu* anfang* beginn* geburt* inicio inicial nacimiento",
    "after new newer later current latest recent revised last now updated end ending closing final death* nachher neu neue neuer neuen später* aktuell* jetzig* danach después despues posterior nuevo nueva actual actuales reciente* ende schluss* abschluss* tod* sterbe* fin final muerte defunción",
  ],
  ground: [
    "home host hosts heim* gastgeber* local anfitri*",
    "away guest guests visitor visitors visiting gast gäste gästen auswärts* visitante* invitad*",
  ],
  way: [
    "from origin start sender source home current shop seller von start absender quelle herkunft ausgang* desde origen remitente partida inicio de",
    "to into target destination goal end recipient receiver customer buyer nach zu ziel* empfänger zielort a hasta destino destinatari* meta",
  ],
  due: [
    "expected expect* wanted planned plan plans budget* ordered order orders owed owe owes required target reference model solution* correct right gold key ideal teacher* master should soll muster* musterlösung lösungsblatt loesungsblatt erwartet* geplant* bestell* plan* lehrer* richtig* vorgabe* esperad* previst* presupuest* pedid* model* correct* solucion* profesor* maestr*",
    "actual actually found spoken heard received receive* delivered billed bill bills invoice* spent spend* given answer* attempt* handed submission* submitted student* pupil* child* learner* worked real got ist tatsächlich* erhalten* geliefert* berechnet* rechnung* ausgegeben* antwort* abgabe* abgegeben* schüler* schueler* kind recibid* entregad* facturad* factura* gastad* respuesta* intento* alumn* estudiante* niñ*",
  ],
  whose: [
    "our ours my mine own unser* eigen* mein* nuestr* propi*",
    "their theirs competitor* competing rival* other others fremd* konkurren* wettbewerb* competid* competencia",
  ],
} as const;

export type Axis = keyof typeof opposites;
export const axes = Object.keys(opposites) as Axis[];

const groupsOf = (axis: Axis) => {
  const [one, other] = opposites[axis];
  return { one: wordGroups([one]), other: wordGroups([other]) };
};
const sides = { time: groupsOf("time"), ground: groupsOf("ground"), way: groupsOf("way"), due: groupsOf("due"), whose: groupsOf("whose") };

/** On which side of an axis words stand: -1 on the first, 1 on the other, 0 on neither or both. */
export function sideOf(words: readonly string[], axis: Axis): number {
  const { one, other } = sides[axis];
  const count = (groupOf: typeof one) => words.filter((word) => groupOf(word) !== undefined).length;
  return Math.sign(count(other) - count(one));
}

/** The words of a name. */
export const nameWords = (name: string): readonly string[] => spoken(name).match(/\p{L}+/gu) ?? [];

/** The words of a sentence that can say on which side something stands: not those that lead in what follows, `from the text`. */
export const sentenceWords = (text: string): readonly string[] => nameWords(text).filter((word) => word.length > 3 && !leadingIn.has(word));

const leadingIn = new Set("from before after into nach zuvor desde hasta antes después".split(" "));
