import { random } from "./random.js";

interface Due {
  readonly time: number;
  readonly order: number;
  readonly work: () => void;
}

/** Whatever can happen at once comes before. */
const soon: (work: () => void) => unknown = globalThis.setImmediate ?? setTimeout;

/** A clock that goes on to what is due next whenever nothing more happens at once, so that hours pass in no time. */
export interface VirtualClock {
  /** Ms; where it begins is said when it is made. */
  now(): number;
  /** Does something in so many ms; what is due at one time comes in an order that the seed decides. Gives a way to call it off. */
  after(ms: number, work: () => void): () => void;
  /** Stands still while something real is under way. */
  during<T>(work: () => Promise<T>): Promise<T>;
  /** From 0 on, less than 1, by the seed. */
  chance(): number;
}

export function virtualClock(seed: number, begins: number): VirtualClock {
  const r = random(seed);
  const chance = () => r.int(2 ** 31) / 2 ** 31;
  const due: Due[] = [];
  let time = begins;
  let ticking = false;
  /** What is under way that the clock waits for. */
  let real = 0;
  const goOn = () => {
    if (ticking || real > 0 || due.length === 0) return;
    ticking = true;
    soon(tick);
  };
  const tick = () => {
    ticking = false;
    if (real > 0) return;
    const next = due.shift();
    goOn();
    if (!next) return;
    time = next.time;
    next.work();
  };
  return {
    now: () => time,
    chance,
    after(ms, work) {
      const one: Due = { time: time + ms, order: chance(), work };
      due.splice(placeOf(due, one), 0, one);
      goOn();
      return () => {
        const place = due.indexOf(one);
        if (place >= 0) due.splice(place, 1);
      };
    },
    async during(work) {
      real++;
      try {
        return await work();
      } finally {
        real--;
        goOn();
      }
    },
  };
}

function placeOf(due: readonly Due[], { time, order }: Due): number {
  let [low, high] = [0, due.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = due[middle]!;
    if (one.time < time || (one.time === time && one.order < order)) low = middle + 1;
    else high = middle;
  }
  return low;
}
