import { besideOf } from "./beside.js";
import { held } from "./held.js";
import type { Personal, PersonalKind } from "./kinds.js";

const at = (kind: PersonalKind, start: number, found: string): Personal => ({ kind, start, end: start + found.length });

/** Mail addresses, those written so that no machine finds them too: `ada (at) example (dot) org`. */
export function mails(text: string): Personal[] {
  const plain = /(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu;
  const hidden =
    /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64} ?(?:\(at\)|\[at\]|\{at\}| at ) ?[\p{L}\p{N}-]{1,63}(?: ?(?:\(dot\)|\[dot\]|\{dot\}|\(punkt\)| dot ) ?[\p{L}\p{N}-]{1,63}){1,6}/giu;
  return [...text.matchAll(plain), ...text.matchAll(hidden)].map(({ 0: found, index }) => at("mail", index, found));
}

/** Web addresses that name a user: before the host, in the path, or in what is asked for. */
export function urls(text: string): Personal[] {
  const users =
    /^[a-z][a-z\d+.-]*:\/\/[^/\s]*@|\/(?:users?|u|profiles?|people|members?|in|~)\/[^/?#]+|\/[~@][^/?#]+|[?&](?:user|username|name|mail|email|uid|login|account|phone)=[^&#]+/i;
  return [...text.matchAll(/(?<![\p{L}\d])(?:https?|ftp|ssh|sftp):\/\/[^\s<>"')\]]{1,2000}/giu)].flatMap(({ 0: found, index }) => {
    const whole = found.replace(/[.,;:!?]+$/, "");
    return users.test(whole) ? [at("url", index, whole)] : [];
  });
}

const saidToBePhone = besideOf(
  "text",
  ["phone", "fax"],
  "call, ring, at, under, sms, whatsapp, reach me at, unter, anrufen, rufen sie, appelez le, appeler le, numéro, mon numéro, llame al, llamar al, chiamare, bel, ligue, ring, zadzwoń, 電話, 電話番号, 电话, 전화",
);

/**
 * What numbers to call are written as: by groups, a leading 0 or +, or three digits in brackets. Letters that stand beside make a code of
 * them, but for those of scripts without blanks.
 */
const written =
  /(?<![\d\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}]|(?<!\d)\/|\d[.,-])(?:\+|00)?\(?\d(?:[\d()]|[ ./-]{1,3}(?=[\d(])){5,26}\d(?![\d\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}]|[.,/-]\d)/gu;

/** With a code of a country or a leading 0, or in groups as people read them out. */
const shapes = [
  /^(?:\(?\+|00[1-9])/,
  /^\(?0(?=(?:\D*\d){8})/,
  /^\(\d{3}\) ?\d{3}[ .-]\d{4}$/,
  /^(?!\d{1,3}(?:[ .]\d{3}){1,2}$)\d{2,4}(?:[ .-]\d{2,4}){2,4}$/,
  /^\d{3}[ -]\d{3}[ -]\d{3}$/,
];
/** Numbers with decimals, as in tables: no number to call has a point in every group. */
const decimals = /^\d{1,3}\.\d+(?: +\d{1,3}\.\d+)+$/;
/** What is said before numbers of other things. */
const counted =
  /(?:order|invoice|ticket|claim|item|article|part|ref(?:erence)?|bestellung|rechnung|artikel|auftrag|vorgang|commande|facture|pedido|factura|ordine|fattura|bestelling|encomenda|zamówienie)\p{L}*\.?(?: (?:no|nr|number|nummer|número|n°|num)\.?)?[ :#]{0,3}$/iu;

const day = /^\d{1,4}([./-])\d{1,2}\1\d{1,4}(?!\d)/;
/** How a number is written: `ddd ddd dddd`. */
const formOf = (number: string) => number.replace(/\d/g, "d");

/** Whether what runs on behind a number begins anew: with a day, a leading 0 where the number has one too or a +, or as the number itself is written. */
const anew = (number: string, rest: string) =>
  day.test(rest) || (/^\(?0/.test(rest) && /^(?:\+|\(?0)/.test(number)) || formOf(rest).startsWith(formOf(number));

/** Numbers to call: those that begin with + or 0 and are not written as one number, and others that are said to be one. */
export function phones(text: string): Personal[] {
  return held("phone", text, written, (found, index) => {
    const told = saidToBePhone(text, index);
    const before = counted.test(text.slice(Math.max(0, index - 24), index));
    const isOne = (number: string) => {
      const { length } = number.replace(/\D/g, "");
      if (length < 7 || length > 15) return false;
      const likely = told || (!before && shapes.some((shape) => shape.test(number)));
      return likely && !decimals.test(number) && day.exec(number)?.[0] !== number;
    };
    if (isOne(found)) return found.length;
    // Too long for one: it may be two, or a number and a day.
    if (found.replace(/\D/g, "").length <= 15) return;
    const cut = [...found.matchAll(/[ ./-]*[ /][ ./-]*/g)].find(
      ({ 0: blank, index: end }) => isOne(found.slice(0, end)) && anew(found.slice(0, end), found.slice(end + blank.length)),
    );
    return cut?.index;
  });
}
