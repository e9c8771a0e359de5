import type { Command } from "../engine/message.js";
import { present } from "../engine/present.js";
import { TroupeError } from "../error/error.js";
import { Path } from "../path/path.js";
import type { RunMaking } from "./carry-out.js";
import type { Post } from "./drive.js";
import { processMeter } from "./energy/process-meter.js";
import { expected } from "./expected.js";
import { asError } from "./failure.js";
import { type Guard, outputOrders } from "./guard.js";
import { heard } from "./heard.js";
import type { Job } from "./job.js";
import { finish, type Live, type OpenedGraph, type OpenedPlan, stop } from "./live.js";
import { checkTimeout } from "./options.js";
import { type Performing, perform } from "./perform.js";
import { secretSeen } from "./seen.js";
import { timerBound } from "./timer-bound.js";

/** What a run's attempts at occurrences are made with. */
export interface Attempts extends Performing {
  readonly making: RunMaking;
  /** Those under way. */
  readonly lives: Map<Path, Live>;
  readonly post: Post;
  readonly guard: Guard;
}

type Start = Extract<Command, { kind: "start" }>;

/** Starts an attempt at an occurrence; the machine is told what comes of it. */
export function startAttempt(run: Attempts, command: Start): void {
  const { making, lives, post } = run;
  const { at, attempt, parent, name, owner, specialist } = command;
  const caller = parent === undefined ? undefined : lives.get(parent);
  const opened = owner === Path.run ? rootOf(making) : expected(caller?.asked?.get(owner ?? at), "asker").opened;
  const job = jobOf(command, opened);
  if (!job) return post({ kind: "failure", at, attempt, error: memberUnknown(specialist, at) });
  const { graph, host, timeout } = making.ready;
  const live: Live = {
    at,
    name: "graph" in opened ? name : specialist,
    attempt,
    host,
    startedAt: host.elapsed(),
    endedAt: undefined,
    controller: undefined,
    stopped: undefined,
    config: caller?.config ?? making.config,
    trace: undefined,
    inTime: undefined,
    usage: undefined,
    claim: host.computes ? processMeter()?.occurrence(caller?.claim) : undefined,
    engine: undefined,
    answered: undefined,
    specialist: job.specialist,
    takes: job.takes,
    held: undefined,
    trusted: undefined,
    public: undefined,
    private: secretSeen(job),
    keys: undefined,
    plans: 0,
    asked: undefined,
    questions: 0,
    answers: 0,
    keeping: undefined,
    memo: undefined,
  };
  lives.set(at, live);
  heard(
    () => {
      bound(post, live, graph.name, job.timeout ?? job.specialist.timeout ?? timeout);
      return perform(live, job, run);
    },
    (output) => {
      if (live.stopped) return;
      live.endedAt = host.elapsed();
      finish(live);
      post({ kind: "output", at, attempt, output, flags: outputOrders(live, output, run.guard) });
    },
    (thrown) => fails(post, live, asError(thrown, at, graph.name)),
  );
}

/** The run's own graph. */
const rootOf = ({ ready }: RunMaking): OpenedGraph => ({ graph: ready.graph, takes: ready.flow.takes });

/** The job that a start command stands for: a node's, a task's or a call's; undefined where a plan's member is not in the team. */
function jobOf({ name, specialist, input: given }: Start, opened: OpenedGraph | OpenedPlan | Job): Job | undefined {
  if ("input" in opened) return opened;
  const [input, takes] = [expected(given, "input"), opened.takes(name)];
  if ("graph" in opened) {
    const node = present(opened.graph.nodes[name], "node");
    return { specialist: node.specialist as Job["specialist"], timeout: node.timeout, input, takes };
  }
  const member = opened.members.find((one) => one.name === specialist);
  return member && { specialist: member, timeout: undefined, input, takes };
}

function memberUnknown(member: string, at: Path): TroupeError {
  return new TroupeError("MEMBER_UNKNOWN", `The journal's plan names ${member}, who is not in the team`, {
    at,
    hint: "Put the member back into the team, or start a new thread.",
  });
}

/** Ends an occurrence with an error, whatever it catches. */
export function endWith(post: Post, live: Live, error: TroupeError): void {
  if (live.stopped) return;
  stop(live, error);
  tellFailure(post, live, error);
}

/** An occurrence fails of itself, unless it was stopped before. */
function fails(post: Post, live: Live, error: TroupeError): void {
  if (!live.stopped) tellFailure(post, live, error);
}

function tellFailure(post: Post, live: Live, error: TroupeError): void {
  const { at, attempt, trace } = live;
  finish(live);
  const tell = () => post({ kind: "failure", at, attempt, error });
  if (trace) void Promise.resolve(trace.failed(error)).then(tell, tell);
  else tell();
}

/** @throws TroupeError `OPTION_INVALID` where what code calls or plans with has a time that is none: no check has seen it */
function bound(post: Post, live: Live, graph: string, timeout: number | undefined): void {
  checkTimeout(live.specialist.name, timeout);
  const ms = timerBound(timeout);
  if (ms === undefined) return;
  live.inTime = live.host.after(ms, () => {
    const hint = "Give it more time with `timeout`, or find out what it waits for.";
    const what = `${live.specialist.name} did not answer within ${ms} ms`;
    endWith(post, live, new TroupeError("TIMEOUT", what, { graph, at: live.at, hint }));
  });
}
