import { dates } from "../extraction/dates.js";
import { besideOf } from "./beside.js";
import type { Personal } from "./kinds.js";

const born = besideOf(
  "date",
  ["birth"],
  "born on, born, date of birth is, né, née, nés, geborene, geborener, geb, nacido, nacida, nato, nata, nascido, nascida, geboren te, född den, fødd, født den, syntynyt, urodzony, urodzona, ur, ur dn, narozen, narozena, narodený, narodená, nar, született, născut, născută, rođen, rođena, doğum tarihi, doğumlu, родился, родилась, род, р, дата рождения, народився, народилася, γεννήθηκε, γεννημένος, γεννημένη, 生年月日, 出生日期, 出生, 생년월일",
  true,
);

/** Dates of birth: those that are said to be one. */
export function births(text: string): Personal[] {
  return dates(text)
    .filter(({ start }) => born(text, start) || /\*\s?$/.test(text.slice(Math.max(0, start - 2), start)))
    .map(({ start, end }) => ({ start, end, kind: "birth" as const }));
}
