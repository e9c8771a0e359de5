/** Words in names that say nothing of what is meant. */
export const emptyWords: ReadonlySet<string> = new Set(
  "a an the of in on at to for by with or and is are has have be should include including included allow allowed use using used show get set want need enable enabled return if number value type name only any all no not".split(
    " ",
  ),
);
