import { absolutePath } from "#platform/absolute-path";
import { optionInvalid } from "../error/option-invalid.js";

/** What is trusted. Whatever is not named here is not opened, fetched, loaded or sent. */
export interface Trust {
  /**
   * Hosts that media may be fetched from, redirects included: `*` (any public address; the default), `example.org`, `*.example.org` (any
   * host below it), each also with a port (`localhost:8080`). A private, loopback or link-local address is reached only under a name
   * other than `*`.
   */
  readonly hosts: readonly string[];
  /**
   * Folders that a medium's path may lie in, links followed; made absolute. What is hidden (a name that begins with a dot) is opened only
   * where the folder named is itself inside it. Default: the working directory.
   */
  readonly folders: readonly string[];
  /**
   * What a graph file or a journal may name beside modules in the file's own folder and packages that its nearest package.json declares:
   * folders and files, made absolute where they begin with `.`, and packages by name. Default: none.
   */
  readonly modules: readonly string[];
  /**
   * Which server gets which key: the origin, and the name of the environment variable that holds its key
   * (`{ "https://models.example.org": "EXAMPLE_KEY" }`). Default: none beside each provider's own.
   */
  readonly keys: Readonly<Record<string, string>>;
}

const lists = ["hosts", "folders", "modules"] as const;
const host = /^(\*|(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(:\d{1,5})?$/i;

/**
 * Trust with the defaults for all that is not given.
 * @throws TroupeError `OPTION_INVALID` for an unknown name, or a value that is not of its type
 * @example trustOf({ hosts: ["*", "files.internal:8080"], folders: ["uploads"] })
 */
export function trustOf(given: Partial<Trust> = {}): Trust {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw optionInvalid("compile", "trust", "is no record", 'Write trust: { hosts: ["…"] }.');
  const known: readonly string[] = [...lists, "keys"];
  for (const name of Object.keys(given))
    if (!known.includes(name)) throw optionInvalid("trust", name, "is none of what can be trusted", `There are ${known.join(", ")}.`);
  for (const name of lists) {
    const list: unknown = given[name] ?? [];
    if (!Array.isArray(list) || list.some((one) => typeof one !== "string" || one === ""))
      throw optionInvalid("trust", name, "is no list of texts", `Write trust: { ${name}: ["…"] }.`);
  }
  const strange = given.hosts?.find((one) => !host.test(one));
  if (strange !== undefined)
    throw optionInvalid(
      "trust",
      "hosts",
      `names no host: ${strange}`,
      "Write a host without https:// and path, such as example.org or *.example.org.",
    );
  const keys: unknown = given.keys ?? {};
  if (typeof keys !== "object" || keys === null || Array.isArray(keys)) throw keysInvalid("is no record");
  for (const [origin, variable] of Object.entries(keys)) {
    if (originOf(origin) !== origin) throw keysInvalid(`names no origin: ${origin}`);
    if (typeof variable !== "string" || !/^[A-Za-z_]\w*$/.test(variable)) throw keysInvalid(`names no environment variable for ${origin}`);
  }
  return Object.freeze({
    hosts: Object.freeze((given.hosts ?? ["*"]).map((one) => one.toLowerCase())),
    folders: Object.freeze((given.folders ?? ["."]).map(absolutePath)),
    modules: Object.freeze((given.modules ?? []).map((one) => (one.startsWith(".") ? absolutePath(one) : one))),
    keys: Object.freeze({ ...keys }) as Trust["keys"],
  });
}

const keysInvalid = (why: string) =>
  optionInvalid(
    "trust",
    "keys",
    why,
    'Write trust: { keys: { "https://models.example.org": "NAME_OF_THE_VARIABLE" } }, never the key itself.',
  );

function originOf(text: string): string | undefined {
  return URL.canParse(text) ? new URL(text).origin : undefined;
}
