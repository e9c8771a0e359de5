import { type Specialist, specialist } from "@troupe/core";
import { z } from "zod";
import { checkOptions } from "../check-options.js";
import { guardedChild } from "../child/guarded-child.js";
import { agentSession } from "./agent-session.js";
import { ofProgram } from "./of-program.js";
import { agentActs, type PermissionRule, staysInside } from "./permission.js";
import { repositoryCopy } from "./repository-copy.js";

export interface CodingAgentOptions {
  /** Default: `coder`. */
  readonly name?: string;
  readonly does?: string;
  /** The program: any agent of the Agent Client Protocol (`opencode acp`, `openhands acp`, `gemini --experimental-acp`). */
  readonly command: string;
  readonly args?: readonly string[];
  /** What its environment has beside what any program needs to start: the key of its model, say. */
  readonly env?: Readonly<Record<string, string>>;
  /** How its questions are answered. Default: what stays in the copy is allowed, nothing else. */
  readonly policy?: readonly PermissionRule[];
  /** Milliseconds one task may take. */
  readonly timeout?: number;
}

interface Task {
  readonly task: string;
  readonly repository: string;
  readonly diff?: string | undefined;
}

interface Coded {
  readonly diff: string;
  readonly files: readonly { readonly path: string; readonly change: "added" | "changed" | "deleted" }[];
  readonly said: string;
  readonly finished: boolean;
  readonly denied: readonly { readonly act: (typeof agentActs)[number]; readonly what: string }[];
}

const change = z.object({ path: z.string(), change: z.enum(["added", "changed", "deleted"]) });
const denied = z.object({ act: z.enum(agentActs), what: z.string() });

/** What a repository and the changes to it are called wherever they are taken. */
export const repositoryField = z.string().describe("The folder of the git repository");
export const diffField = z.string().describe("Changes to the repository, as a patch for git apply");

/**
 * A coding agent as a specialist. It works in a copy of the repository, and what it changed there comes back as a patch; nothing is
 * applied to the repository. `diff` in its input are changes to begin with, and its output has these too. Its questions are answered by
 * the policy; what was not allowed is in `denied`. The repository lies in a folder of `trust`.
 *
 * The protocol is an agreement: the copy, the environment without keys and the policy hold an agent that keeps to it. One that you do not
 * trust is a program like any other; start it in a container (`command: "docker"`).
 *
 * It ends with the run, and with this process however that ends. Throws `REPOSITORY_INVALID`, `DIFF_INVALID`, `AGENT_UNREACHABLE`,
 * `AGENT_GONE`, `AGENT_FAILED`, `LIMIT_CROSSED`. Needs git and the package `@agentclientprotocol/sdk`.
 * @example
 * const coder = codingAgent({ command: "opencode", args: ["acp"], policy: [{ answer: "deny", in: ["package.json"] }, ...staysInside] });
 */
export function codingAgent(options: CodingAgentOptions): Specialist<Task, Coded> {
  checkOptions("codingAgent", options, { ...ofProgram, policy: z.array(z.unknown()).optional() });
  const {
    name = "coder",
    does = "Changes the code of a repository as a task says",
    policy = staysInside,
    timeout,
    command,
    args,
    env,
  } = options;
  return specialist({
    name,
    does,
    input: z.object({ task: z.string().describe("What to do, in words"), repository: repositoryField, diff: diffField.optional() }),
    output: z.object({
      diff: diffField,
      files: z.array(change).describe("The files that were changed"),
      said: z.string().describe("What the agent says of its work"),
      finished: z.boolean().describe("Whether it came to an end by itself"),
      denied: z.array(denied).describe("What it asked for and was not allowed"),
    }),
    ...(timeout === undefined ? {} : { timeout }),
    async run({ task, repository, diff }, ctx) {
      const { limits, signal } = ctx;
      const copy = await repositoryCopy(repository, ctx);
      try {
        if (diff) await copy.apply(diff);
        const child = guardedChild({ command, cwd: copy.folder, ...(args ? { args } : {}), ...(env ? { env } : {}) });
        try {
          ctx.worked(`acp:${name}`);
          const progress = (message: string) => ctx.progress(message);
          const worked = await agentSession({ name, child, folder: copy.folder, task, policy, limits, signal, progress });
          child.kill();
          await child.gone;
          return { ...(await copy.changes()), ...worked };
        } finally {
          child.kill();
        }
      } finally {
        await copy.remove();
      }
    },
  }) as Specialist<Task, Coded>;
}
