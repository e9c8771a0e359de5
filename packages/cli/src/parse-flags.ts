import { parseArgs } from "node:util";
import { nearest, TroupeError } from "@troupe/core";
import type { ArgsDef } from "citty";

/** What was typed: arguments, of which a command has those that it names, switches, and values. */
export interface Flags<Name extends string = never> {
  readonly args: Readonly<Record<Name, string>> & { readonly [name: string]: string | undefined };
  has(flag: string): boolean;
  value(flag: string): string | undefined;
  /** Of one that may be given several times. */
  values(flag: string): readonly string[];
}

/** Flags that name another thing each time. */
const repeatable = new Set(["bind", "input", "trust"]);

/** Flags that every command takes. */
export const everywhere = {
  debug: { type: "boolean", description: "Print errors with their stack (or set TROUPE_DEBUG=1)" },
  help: { type: "boolean", alias: "h", description: "Say what the command does and takes" },
} as const satisfies ArgsDef;

/**
 * Reads a command's line strictly: citty lets unknown flags pass.
 * @throws TroupeError `FLAG_UNKNOWN` with the nearest name, `FLAG_VALUE` also for two values where one is meant, `ARGUMENT_MISSING`,
 * `ARGUMENT_EXTRA`.
 */
export function parseFlags(line: readonly string[], command: string, defined: ArgsDef): Flags {
  const flags: ArgsDef = { ...defined, ...everywhere };
  const names = Object.entries(flags).flatMap(([name, { type }]) => (type === "positional" ? [] : [name]));
  const options = Object.fromEntries(
    names.map((name) => {
      const { type, alias } = flags[name] as { type?: string; alias?: string };
      return [name, { type: type === "boolean" ? "boolean" : "string", ...(alias?.length === 1 ? { short: alias } : {}) } as const];
    }),
  );
  const { tokens } = parseArgs({ args: [...line], options, allowPositionals: true, strict: false, tokens: true });
  const given = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (!option) throw unknownFlag(token.rawName, command, names);
    const value = token.inlineValue || !token.value?.startsWith("--") ? token.value : undefined;
    if (option.type === "string" && !value) throw badValue(token.rawName, command, "takes a value");
    if (option.type === "boolean" && token.value !== undefined) throw badValue(token.rawName, command, "takes no value");
    const { options: allowed } = flags[token.name] as { options?: string[] };
    if (allowed && !allowed.includes(value ?? "")) throw badValue(token.rawName, command, `is one of ${allowed.join(", ")}, not ${value}`);
    const before = given.get(token.name) ?? [];
    // Which of them is meant nobody can tell.
    if (option.type === "string" && before.length && before[0] !== value && !repeatable.has(token.name))
      throw badValue(token.rawName, command, `is given twice, as ${before[0]} and as ${value}: give it once`);
    given.set(token.name, [...before, value ?? "true"]);
  }
  return {
    args: given.has("help") ? {} : argumentsOf(positionals, command, flags),
    has: (flag) => given.has(flag),
    value: (flag) => given.get(flag)?.at(-1),
    values: (flag) => given.get(flag) ?? [],
  };
}

function argumentsOf(positionals: readonly string[], command: string, flags: ArgsDef): Record<string, string> {
  const defined = Object.entries(flags).flatMap(([name, one]) =>
    one.type === "positional" ? [{ ...one, name, typed: name.toUpperCase() }] : [],
  );
  const missing = defined[positionals.length];
  if (missing && missing.required !== false) {
    const { typed, description } = missing;
    throw new TroupeError("ARGUMENT_MISSING", `troupe ${command} needs ${typed}`, {
      hint: `Type troupe ${[command, ...defined.map((one) => one.typed)].join(" ")}${description ? `; ${typed} is: ${description}` : ""}. See troupe ${command} --help.`,
    });
  }
  if (positionals.length > defined.length) {
    throw new TroupeError("ARGUMENT_EXTRA", `troupe ${command} does not take "${positionals[defined.length]}"`, {
      hint: `See troupe ${command} --help. A value with spaces needs quotes.`,
    });
  }
  return Object.fromEntries(
    defined.flatMap(({ name }, i) => {
      const value = positionals[i];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function unknownFlag(flag: string, command: string, names: readonly string[]): TroupeError {
  const near = nearest(flag.replace(/^-+/, ""), names);
  return new TroupeError("FLAG_UNKNOWN", `troupe ${command} has no flag ${flag}`, {
    hint: near ? `Did you mean --${near}?` : `See troupe ${command} --help.`,
  });
}

const badValue = (flag: string, command: string, what: string) =>
  new TroupeError("FLAG_VALUE", `${flag} ${what}`, { hint: `See troupe ${command} --help.` });
