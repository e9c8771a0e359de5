import { addCpuTime, type CpuTime, noCpuTime } from "../../model/cpu-time.js";

/** What a meter reads. */
export interface Readings {
  /** Milliseconds of one core that this process computed so far. */
  cpuMs(): number;
  /** Watts that a core which computes takes, as the machine tells; undefined where it does not. `anew`: nothing was read for a while. */
  watts(anew: boolean): number | undefined;
}

/** Something under way, and what it took. */
export interface Claim {
  /** A part of it, a call to a model; with `idle`, one that only waits for work elsewhere. */
  part(options?: { readonly idle?: boolean }): Claim;
  /** What it took since it was last asked, its parts included. */
  taken(): CpuTime;
  /** It has ended; a second time does nothing. */
  end(): void;
}

export interface Meter {
  /** An occurrence, inside the one that it is part of. */
  occurrence(of?: Claim): Claim;
}

/** Claims that share alike, and what each of them got so far: joining and leaving cost the same however many there are. */
interface Pool {
  members: number;
  each: CpuTime;
}

interface Held extends Claim {
  readonly pool: Pool;
  /** Where what it took counts too: the claim of which it is a part. */
  readonly counted: Held | undefined;
  /** What is under way inside it, and of that its parts. */
  within: number;
  readonly parts: Set<Held>;
  since: CpuTime;
  took: CpuTime;
  open: boolean;
}

/**
 * Shares the CPU time of a process out among what is under way in it, so that nothing counts twice: what was computed since the last change
 * goes in equal parts to all that had nothing under way inside them, and to those that wait for work elsewhere only where nobody else is there.
 */
export function meter(readings: Readings): Meter {
  const busy: Pool = { members: 0, each: noCpuTime };
  const waiting: Pool = { members: 0, each: noCpuTime };
  let before = 0;

  const read = (): void => {
    const now = readings.cpuMs();
    if (now === before) return;
    const pool = busy.members ? busy : waiting;
    if (pool.members) {
      const watts = readings.watts(false);
      const ms = (now - before) / pool.members;
      const metered = watts === undefined ? 0 : ms;
      pool.each = addCpuTime(pool.each, { ms, meteredMs: metered, joules: (metered * (watts ?? 0)) / 1000 });
    } else readings.watts(true);
    before = now;
  };

  const settle = (claim: Held): void => {
    const { each } = claim.pool;
    if (each === claim.since) return;
    const got = minus(each, claim.since);
    claim.since = each;
    claim.took = addCpuTime(claim.took, got);
    if (claim.counted) claim.counted.took = addCpuTime(claim.counted.took, got);
  };
  const shares = (claim: Held): boolean => claim.open && claim.within === 0;
  const join = (claim: Held): void => {
    claim.pool.members++;
    claim.since = claim.pool.each;
  };
  const leave = (claim: Held): void => {
    settle(claim);
    claim.pool.members--;
  };

  const open = (parent: Held | undefined, pool: Pool, counted: Held | undefined): Held => {
    read();
    if (parent && shares(parent)) leave(parent);
    if (parent) parent.within++;
    const claim: Held = {
      pool,
      counted,
      within: 0,
      parts: new Set(),
      since: noCpuTime,
      took: noCpuTime,
      open: true,
      part: ({ idle = false } = {}) => open(claim, idle ? waiting : busy, claim),
      taken() {
        read();
        for (const one of [claim, ...claim.parts]) if (shares(one)) settle(one);
        const { took } = claim;
        claim.took = noCpuTime;
        return { ms: rounded(took.ms), meteredMs: rounded(took.meteredMs), joules: rounded(took.joules) };
      },
      end() {
        if (!claim.open) return;
        read();
        if (shares(claim)) leave(claim);
        claim.open = false;
        counted?.parts.delete(claim);
        if (!parent) return;
        parent.within--;
        if (shares(parent)) join(parent);
      },
    };
    join(claim);
    counted?.parts.add(claim);
    return claim;
  };

  return { occurrence: (of) => open(of as Held | undefined, busy, undefined) };
}

const minus = (a: CpuTime, b: CpuTime): CpuTime => ({
  ms: a.ms - b.ms,
  meteredMs: a.meteredMs - b.meteredMs,
  joules: a.joules - b.joules,
});

/** To a millionth: what differs beyond comes of adding and taking away. */
const rounded = (value: number): number => Math.max(0, Math.round(value * 1e6) / 1e6);
