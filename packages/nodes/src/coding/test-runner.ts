import { type Specialist, specialist, TroupeError } from "@troupe/core";
import { z } from "zod";
import { checkOptions } from "../check-options.js";
import { guardedChild } from "../child/guarded-child.js";
import { unstartedHint } from "../child/unstarted-hint.js";
import { diffField, repositoryField } from "./coding-agent.js";
import { ofProgram } from "./of-program.js";
import { repositoryCopy } from "./repository-copy.js";

export interface TestRunnerOptions {
  /** Default: `test`. */
  readonly name?: string;
  readonly does?: string;
  /** The program that tests: `npm`, with `args: ["test"]`. It passes where its exit code is 0. */
  readonly command: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds it may take. Default: 600,000. */
  readonly timeout?: number;
}

interface Tested {
  readonly passed: boolean;
  readonly report: string;
}

/** Characters of a report: its end, where tests say what failed. */
const reported = 20_000;

/**
 * Runs a repository's tests on a copy of it, changed by a patch: whether they pass, and the end of what they print. The tests are code
 * that whoever wrote the patch may have changed: they run with your rights, and with an environment without keys.
 *
 * Throws `REPOSITORY_INVALID`, `DIFF_INVALID`, and `TESTS_UNSTARTED` where the command does not start. Needs git.
 * @example
 * const test = testRunner({ command: "npm", args: ["test"] });
 */
export function testRunner(options: TestRunnerOptions): Specialist<{ repository: string; diff?: string | undefined }, Tested> {
  checkOptions("testRunner", options, ofProgram);
  const { name = "test", does = "Runs the tests of a repository with changes to it", timeout = 600_000, command, args, env } = options;
  return specialist({
    name,
    does,
    input: z.object({ repository: repositoryField, diff: diffField.optional() }),
    output: z.object({
      passed: z.boolean().describe("Whether the tests pass"),
      report: z.string().describe("The end of what the tests print"),
    }),
    timeout,
    async run({ repository, diff }, ctx) {
      const copy = await repositoryCopy(repository, ctx);
      try {
        if (diff) await copy.apply(diff);
        const child = guardedChild({ command, cwd: copy.folder, ...(args ? { args } : {}), ...(env ? { env } : {}) });
        const stop = () => child.kill();
        ctx.signal.addEventListener("abort", stop, { once: true });
        let report = "";
        const hear = (data: Buffer) => {
          report = (report + data).slice(-reported);
        };
        child.stdin.end();
        child.stdout.on("data", hear);
        child.stderr.on("data", hear);
        try {
          const ended = await child.gone;
          ctx.signal.throwIfAborted();
          if (typeof ended === "string" && !/^SIG/.test(ended)) {
            throw new TroupeError("TESTS_UNSTARTED", `The command that tests does not start: ${command} (${ended})`, {
              hint: unstartedHint(ended, "Check testRunner({ command })."),
            });
          }
          return { passed: ended === 0, report: report.trim() };
        } finally {
          ctx.signal.removeEventListener("abort", stop);
        }
      } finally {
        await copy.remove();
      }
    },
  }) as Specialist<{ repository: string; diff?: string | undefined }, Tested>;
}
