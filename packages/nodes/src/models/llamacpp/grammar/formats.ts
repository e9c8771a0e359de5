const year = "\\d{4}";
const day = `(?:(?:\\d\\d(?:[2468][048]|[13579][26]|0[48])|(?:[02468][048]|[13579][26])00)-02-29|${year}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8])))`;
const clock = "(?:[01]\\d|2[0-3]):[0-5]\\d";
const byte = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const name = "[a-z\\d](?:[a-z\\d-]{0,20}[a-z\\d])?";
const hex = (count: number) => `[\\da-f]{${count}}`;

/**
 * The formats of JSON Schema as patterns, for schemas that bring none: narrower than the format where its makers differ, so that what
 * is written passes all of them. Validators disagree on times: RFC 3339 wants seconds and an offset, Valibot's `isoTime` neither, so
 * a model chooses.
 */
export const formats: Readonly<Record<string, string>> = {
  date: `^${day}$`,
  time: `^${clock}(?::[0-5]\\d(?:\\.\\d{1,3})?(?:Z|[+-]${clock})?)?$`,
  "date-time": `^${day}T${clock}(?::[0-5]\\d(?:\\.\\d{1,3})?(?:Z|[+-]${clock}))?$`,
  duration:
    "^P(?:\\d{1,4}W|(?=\\d|T\\d)(?:\\d{1,4}Y)?(?:\\d{1,4}M)?(?:\\d{1,4}D)?(?:T(?=\\d)(?:\\d{1,4}H)?(?:\\d{1,4}M)?(?:\\d{1,4}S)?)?)$",
  email: `^[a-zA-Z\\d]{1,24}(?:[._+'-][a-zA-Z\\d]{1,24}){0,3}@${name}(?:\\.${name}){0,3}\\.[a-z]{2,12}$`,
  hostname: `^${name}(?:\\.${name}){0,4}$`,
  ipv4: `^${byte}(?:\\.${byte}){3}$`,
  ipv6: "^(?:[\\da-f]{1,4}:){7}[\\da-f]{1,4}$",
  uri: `^https?:\\/\\/${name}(?:\\.${name}){0,3}\\.[a-z]{2,12}(?:\\/[\\w.~-]{1,60}){0,8}\\/?(?:\\?[\\w.~=&-]{1,80})?(?:#[\\w.~-]{1,40})?$`,
  uuid: `^${hex(8)}-${hex(4)}-[1-8]${hex(3)}-[89ab]${hex(3)}-${hex(12)}$`,
};

/** Formats whose makers' own patterns let a text go on without end: of those, what these patterns take too. */
export const endless: readonly string[] = ["duration", "email"];
