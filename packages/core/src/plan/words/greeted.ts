import { lazily } from "../lazily.js";
import { courtesies } from "./courtesies.js";

const greeting = lazily(
  () =>
    new RegExp(
      String.raw`(?:^|[\n.!?,]\s{0,4})(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|(?:(?:best|kind|warm) )?(?:regards|wishes)|best|yours|hallo|liebe[rs]?|guten (?:morgen|tag|abend)|(?:viele|beste|liebe|mit freundlichen) grüßen?|gruß|hola|buen[oa]s (?:días|tardes|noches)|(?:un )?saludos?|${courtesies.thanks})[,!.]?\s{0,4}$`,
      "iu",
    ),
);

/** Whether a name stands where a letter greets somebody or is signed: `Hi Anna`, `Best regards, Anna`. Nothing is done for whom it greets. */
export const isGreeted = (text: string, at: number): boolean => greeting().test(text.slice(Math.max(0, at - 40), at));
