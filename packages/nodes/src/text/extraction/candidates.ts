import { amounts } from "./amounts.js";
import type { Candidate } from "./candidate.js";
import { dates } from "./dates.js";
import type { Kind } from "./field.js";
import { numbers } from "./numbers.js";
import { organisations } from "./organisations.js";
import { persons } from "./persons.js";
import { emails, spans } from "./spans.js";
import { times } from "./times.js";

/** The spans of a text that are of a kind, in no order that matters. */
export function candidatesFor(kind: Kind, text: string): readonly Candidate[] {
  switch (kind) {
    case "amount":
      return amounts(text);
    case "number":
      return numbers(text);
    case "date":
      return dates(text);
    case "time":
      return times(text);
    case "email":
      return emails(text);
    case "organisation":
      return organisations(text);
    case "person":
      return persons(text);
    case "text":
      return spans(text);
  }
}
