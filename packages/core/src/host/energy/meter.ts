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

/**
 * Shares the CPU time of a process out among what is under way in it, so that nothing counts twice: what was computed since the last change
 * goes in equal parts to all that had nothing under way inside them, and to those that wait for work elsewhere only where nobody else is there.
 */
export function meter(readings: Readings): Meter {
  const pools = new Pools(readings);
  return { occurrence: (of) => new Held(pools, pools.busy, of as Held | undefined, undefined) };
}

/** Those that compute and those that wait for work elsewhere. */
class Pools {
  readonly busy: Pool = { members: 0, each: noCpuTime };
  readonly waiting: Pool = { members: 0, each: noCpuTime };
  readonly #readings: Readings;
  #before = 0;

  constructor(readings: Readings) {
    this.#readings = readings;
  }
  /** Shares out what was computed since the last reading. */
  read(): void {
    const now = this.#readings.cpuMs();
    if (now === this.#before) return;
    const pool = this.busy.members ? this.busy : this.waiting;
    if (pool.members) {
      const watts = this.#readings.watts(false);
      const ms = (now - this.#before) / pool.members;
      const metered = watts === undefined ? 0 : ms;
      pool.each = addCpuTime(pool.each, { ms, meteredMs: metered, joules: (metered * (watts ?? 0)) / 1000 });
    } else this.#readings.watts(true);
    this.#before = now;
  }
}

/** A claim, which has no closures of its own: each occurrence makes one. */
class Held implements Claim {
  /** What is under way inside it, and of that its parts. */
  within = 0;
  parts: Set<Held> | undefined;
  since = noCpuTime;
  took = noCpuTime;
  open = true;

  /** What it took counts in `counted` too: the claim of which it is a part. */
  constructor(
    readonly pools: Pools,
    readonly pool: Pool,
    readonly parent: Held | undefined,
    readonly counted: Held | undefined,
  ) {
    pools.read();
    if (parent?.shares()) parent.leave();
    if (parent) parent.within++;
    this.join();
    if (counted) (counted.parts ??= new Set()).add(this);
  }
  part({ idle = false } = {}): Claim {
    return new Held(this.pools, idle ? this.pools.waiting : this.pools.busy, this, this);
  }
  taken(): CpuTime {
    this.pools.read();
    if (this.shares()) this.settle();
    for (const part of this.parts ?? []) if (part.shares()) part.settle();
    const { took } = this;
    this.took = noCpuTime;
    return took === noCpuTime ? took : { ms: rounded(took.ms), meteredMs: rounded(took.meteredMs), joules: rounded(took.joules) };
  }
  end(): void {
    if (!this.open) return;
    this.pools.read();
    if (this.shares()) this.leave();
    this.open = false;
    this.counted?.parts?.delete(this);
    if (!this.parent) return;
    this.parent.within--;
    if (this.parent.shares()) this.parent.join();
  }
  shares(): boolean {
    return this.open && this.within === 0;
  }
  join(): void {
    this.pool.members++;
    this.since = this.pool.each;
  }
  leave(): void {
    this.settle();
    this.pool.members--;
  }
  settle(): void {
    const { each } = this.pool;
    if (each === this.since) return;
    const got = minus(each, this.since);
    this.since = each;
    this.took = addCpuTime(this.took, got);
    if (this.counted) this.counted.took = addCpuTime(this.counted.took, got);
  }
}

const minus = (a: CpuTime, b: CpuTime): CpuTime => ({
  ms: a.ms - b.ms,
  meteredMs: a.meteredMs - b.meteredMs,
  joules: a.joules - b.joules,
});

/** To a millionth: what differs beyond comes of adding and taking away. */
const rounded = (value: number): number => Math.max(0, Math.round(value * 1e6) / 1e6);
