import { type App, type Entry, type Journal, type Json, type Ledger, ledgerOf, TroupeError } from "@troupe/core";

/** What came of a case. */
export interface Ran {
  readonly output?: Readonly<Record<string, Json>>;
  readonly error?: { readonly code: string; readonly message: string };
  /** Milliseconds in which it was under way. */
  readonly ms: number;
  readonly ledger: Ledger;
}

/** Errors that every case would end in alike, or that pass: nothing is learned of a model by them. */
const notOfTheCase = new Set([
  "CACHE_SHARED",
  "CACHE_UNWRITABLE",
  "INSTALL_DAMAGED",
  "KEY_MISSING",
  "KEY_REFUSED",
  "KEY_UNSAFE",
  "MODEL_BUSY",
  "MODEL_DAMAGED",
  "MODEL_KIND",
  "MODEL_UNBOUND",
  "MODEL_UNKNOWN",
  "MODEL_UNPAID",
  "MODEL_UNREACHABLE",
  "OLLAMA_DOWN",
  "OLLAMA_MODEL_MISSING",
  "PACKAGE_MISSING",
  "RUNTIME_MISSING",
]);

/** Why a server is not there, as Node calls it. */
const gone = new Set(["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND"]);

/** Whether nobody was there to ask: the code of that error, MODEL_FAILED, is also that of a call that one case made go wrong. */
function nobodyThere(error: unknown): boolean {
  let one: any = error;
  for (let depth = 0; depth < 8 && Object(one) === one; depth++, one = one.cause) if (gone.has(one.code)) return true;
  return false;
}

export interface CaseRun {
  readonly app: App;
  readonly journal: Journal;
  readonly thread: string;
  readonly input: object;
  /** What the run is a run of: one of something else is not taken for it. */
  readonly of: string;
  readonly signal: AbortSignal;
  readonly services: unknown;
}

/**
 * A case's run, from the journal where it is done, else begun or gone on with. That it failed is what came of it.
 * @throws TroupeError `COMPARE_CHANGED`, and what every case would end in; the signal's reason
 */
export async function runCase({ app, journal, thread, input, of, signal, services }: CaseRun): Promise<Ran> {
  const before = await journal.read(thread);
  const [first] = before;
  if (first?.kind === "began" && Object(first.meta).compared !== of)
    throw new TroupeError("COMPARE_CHANGED", `${thread} was run with other inputs, models or specialists`, {
      hint: "Take another --thread, or none, to begin anew.",
    });
  const done = ranBy(before);
  // A call that failed may have had nobody to answer it: it is made once more.
  if (done && done.error?.code !== "MODEL_FAILED") return done;
  try {
    await (first ? app.resume(thread, { signal, services }) : app.invoke(input, { thread, signal, services, meta: { compared: of } }));
  } catch (error) {
    const ran = ranBy(await journal.read(thread));
    if (signal.aborted || !ran || nobodyThere(error)) throw error;
    return ran;
  }
  return ranBy(await journal.read(thread))!;
}

/** What the records of a run say came of it; undefined where it has not ended, or in nothing of its own. */
function ranBy(entries: readonly Entry[]): Ran | undefined {
  const last = entries.at(-1);
  if (last?.kind !== "ended" || (last.error && notOfTheCase.has(last.error.code))) return undefined;
  return {
    ...(last.error ? { error: last.error } : { output: last.output as Readonly<Record<string, Json>> }),
    ms: underWay(entries),
    ledger: ledgerOf(entries),
  };
}

/** From each time it was taken up to the last that is told of it then. */
function underWay(entries: readonly Entry[]): number {
  let ms = 0;
  let before: number | undefined;
  for (const { kind, time } of entries) {
    if (before !== undefined && kind !== "resumed" && kind !== "began") ms += time - before;
    before = time;
  }
  return ms;
}
