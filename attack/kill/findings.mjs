// What a run that was killed again and again did wrong: told by the lines its processes left in a file, and by its journal.

/** What comes out differently each time, so that no other run has the same. */
const byChance = /\/(?:quote-\d|charge|hare|tortoise|mood|send)$/;
const callerOf = (at) => at.slice(0, at.lastIndexOf("/"));

/** Of each occurrence that was completed, what it gave and where it led. */
export const outcomes = (entries) =>
  Object.fromEntries(entries.flatMap((e) => (e.kind === "completed" && !byChance.test(e.at) ? [[e.at, [e.output, e.next]]] : [])));

/** `lines` in the order in which they were written, by all processes; `expected` is what the run gives when nobody kills it. */
export function findings({ lines, entries, output, expected }) {
  return [...lost(lines, entries), ...doneAgain(lines), ...recordedAgain(entries), ...unequal(entries, output, expected)];
}

/** What a process heard is in the journal for good, and nothing was done that the journal did not know of before. */
function* lost(lines, entries) {
  const started = new Set(entries.flatMap((e) => (e.kind === "started" ? [`${e.at} ${e.attempt}`] : [])));
  for (const { kind, of, seq, at, attempt } of lines) {
    const entry = kind === "heard" ? entries[seq - 1] : undefined;
    if (kind === "heard" && (entry?.kind !== of || entry.at !== at)) yield `lost: record ${seq}, ${of} ${at ?? ""}`;
    if (kind === "effect" && !started.has(`${at} ${attempt}`)) yield `lost: that attempt ${attempt} at ${at} started`;
  }
  for (const [i, { seq }] of entries.entries()) if (seq !== i + 1) yield `lost: a record before ${seq}`;
}

/** As the world sees it: nothing works after it was completed, no attempt works twice, and nobody is charged two prices, nor sent two letters. */
function* doneAgain(lines) {
  const completed = new Set();
  const attempts = new Set();
  const given = new Map();
  for (const line of lines) {
    const { kind, of, at, attempt } = line;
    if (kind === "heard" && of === "completed") completed.add(at);
    if (kind !== "effect") continue;
    if (within(at, completed)) yield `again: ${at} works after it was completed`;
    const one = `${at} ${attempt}`;
    if (attempts.has(one)) yield `again: attempt ${attempt} at ${at} works twice`;
    attempts.add(one);
    if (given.has(at) && given.get(at) !== line.given) yield `again: ${at} was given ${given.get(at)}, then ${line.given}`;
    given.set(at, line.given);
  }
}

/** As the journal has it: nothing starts after it was completed, nor after its failure was caught and gone past. */
function* recordedAgain(entries) {
  const completed = new Set();
  const failed = new Set();
  const past = new Set();
  for (const { kind, at } of entries) {
    if (kind === "completed") completed.add(at);
    if (kind === "failed") failed.add(at);
    if (kind === "called") for (const one of failed) if (callerOf(one) === callerOf(at) && one !== at) past.add(one);
    if (kind !== "started") continue;
    if (within(at, completed)) yield `again: ${at} starts after it was completed`;
    if (past.has(at)) yield `again: ${at} starts after its failure was gone past`;
  }
}

/** Whether an occurrence is one of these, or inside one. */
function within(at, all) {
  for (let end = at.length; end > 0; end = Math.max(at.lastIndexOf("/", end - 1), at.lastIndexOf("#", end - 1)))
    if (all.has(at.slice(0, end))) return true;
  return false;
}

function* unequal(entries, output, expected) {
  if (JSON.stringify(output) !== JSON.stringify(expected.output))
    yield `other result: ${JSON.stringify(output)} in place of ${JSON.stringify(expected.output)}`;
  const [got, wanted] = [outcomes(entries), expected.outcomes];
  for (const at of new Set([...Object.keys(got), ...Object.keys(wanted)]))
    if (JSON.stringify(got[at]) !== JSON.stringify(wanted[at])) yield `other outcome: ${at}`;
}
