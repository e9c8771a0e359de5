/** Words that ask kindly and that thank, as parts of patterns. Where a request may go without them, its readers say. */
export const courtesies = {
  please: "(?:please|pls|bitte|por favor)",
  thanks:
    "(?:(?:many )?thanks(?: a lot| so much| in advance)?|thank you(?: very much| so much| in advance)?|cheers|danke(?: schön| sehr)?|(?:vielen|besten) dank(?: im voraus)?|(?:muchas |mil )?gracias)",
} as const;
