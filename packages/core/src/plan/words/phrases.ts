/** Words that lead from one thing that is asked for to the next, wherever they stand. */
export const links = [
  ...["and", "and then", "and after that", "and afterwards", "and finally", "and lastly", "and also", "as well as", "then", "after that"],
  ...["afterwards", "but", "plus"],
  ...["und", "und dann", "und danach", "und anschließend", "und schließlich", "und außerdem", "und auch", "dann", "danach"],
  ...["anschließend", "sowie", "aber"],
  ...["y", "e", "y luego", "y después", "y también", "y finalmente", "y por último", "luego", "después", "pero"],
];

/** Words that number or add a step where one begins. */
export const openers = [
  ...[
    "first",
    "firstly",
    "second",
    "secondly",
    "third",
    "thirdly",
    "fourth",
    "fourthly",
    "next",
    "finally",
    "lastly",
    "last of all",
    "also",
  ],
  ...["zuerst", "erstens", "zweitens", "drittens", "viertens", "schließlich", "zuletzt", "zum schluss", "außerdem"],
  ...["primero", "segundo", "tercero", "en primer lugar", "en segundo lugar", "además", "finalmente", "también", "por último", "al final"],
];

/** With these begins what is to be left out, wherever they stand. */
export const exclusions = [
  ...["without", "except", "instead of", "rather than"],
  ...["ohne", "außer", "statt", "anstatt"],
  ...["sin", "excepto", "salvo", "en vez de", "en lugar de"],
];

/** With these a part says what must not happen, or what is to be left out. */
export const negations = [
  ...["do not", "don't", "don’t", "dont", "must not", "mustn't", "should not", "shouldn't", "no need", "not", "no", "never"],
  ...["nobody", "no one", "nothing", "niemand", "niemanden", "niemandem", "nichts", "nadie", "nada"],
  ...["does not", "doesn't", "doesn’t", "needn't", "needn’t"],
  ...["skip", "leave out"],
  ...["nicht", "kein", "keine", "keinen", "keinem", "keiner", "keines", "niemals"],
  ...["nunca", "jamás", "ningún", "ninguna"],
  ...["pas", "jamais", "sans"],
  ...exclusions,
];

/** These point back at something that was said or made before. */
export const pointers = [
  ...["it", "its", "them", "that", "this", "those", "these", "the result", "the results", "the same", "the above", "the latter"],
  ...["es", "sie", "ihn", "dies", "diese", "diesen", "dieses", "dieser", "daraus", "davon", "damit", "dazu", "das ergebnis"],
  ...["eso", "esto", "ese", "esa", "esos", "esas", "este", "esta", "estos", "estas", "dicho", "dicha", "el resultado"],
];

/** With these a question begins, whatever mark ends it. */
export const asking = [
  ...["what", "what's", "which", "who", "whom", "whose", "when", "where", "why", "how"],
  ...["was", "welche", "welcher", "welches", "welchen", "wer", "wem", "wen", "wann", "wo", "warum", "wie", "wieviel"],
  ...["qué", "cuál", "cuáles", "quién", "quiénes", "cuándo", "dónde", "por qué", "cómo", "cuánto", "cuánta", "cuántos", "cuántas"],
];

/** Abbreviations whose point ends no sentence. */
export const shortened = [
  ...["mr", "mrs", "ms", "dr", "prof", "st", "jr", "no", "vs", "inc", "ltd", "co", "corp", "approx", "e.g", "i.e", "a.m", "p.m", "u.s"],
  ...["nr", "z.b", "bzw", "ca", "d.h", "hr", "fr", "sr", "sra", "p.ej", "núm"],
];
