import { partsOf } from "@troupe/core";

/** How people begin to say what is not to be done; that something does not work is no such thing. */
const forbids =
  /^(?:(?:and|but|please|kindly|und|aber|bitte|y|pero|por favor)[\s,]+)*(?:do(?:n['’]?t| not)(?! you\b)|never|no need|there is no need|i (?:do not|don['’]?t) (?:want|need)|i (?:would not|wouldn['’]?t) like|ich (?:will|möchte|brauche) (?:nicht|kein\p{L}*)|no quiero)(?!\p{L})/iu;

/** What a request asks for, as it stands: without the pieces that forbid something; undefined where it asks for nothing else. */
export function askedIn(request: string): string | undefined {
  const parts = partsOf(request);
  const asked = parts.filter(({ negated, text }) => !negated || !forbids.test(text));
  if (asked.length === 0) return parts.length > 0 ? undefined : request;
  return asked.length === parts.length ? request : asked.map(({ text }) => text).join(". ");
}
