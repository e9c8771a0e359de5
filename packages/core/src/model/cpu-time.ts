/** What processors of this machine did for something. */
export interface CpuTime {
  /** Milliseconds of one core. */
  readonly ms: number;
  /** Of these, those during which the machine told its power. */
  readonly meteredMs: number;
  /** What was taken during those. */
  readonly joules: number;
}

export const noCpuTime: CpuTime = { ms: 0, meteredMs: 0, joules: 0 };

export const addCpuTime = (a: CpuTime, b: CpuTime): CpuTime => ({
  ms: a.ms + b.ms,
  meteredMs: a.meteredMs + b.meteredMs,
  joules: a.joules + b.joules,
});
