export const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

/** Between the likeliest two, under which the options are asked in the opposite order too: a small model leans to some places. */
const narrow = 0.3;

type Ask = (listed: readonly string[]) => Promise<readonly number[]>;

/**
 * The probabilities of any number of options, by asking for those of as many at a time as there are letters. Where the likeliest two are
 * close, they are asked for in the opposite order too, and it is the mean. Of more options than letters, the likeliest of each of several
 * lists are asked for again, among themselves.
 */
export async function among(options: readonly string[], ask: Ask): Promise<readonly number[]> {
  if (options.length <= letters.length) return bothWays(options, ask);
  const count = Math.ceil(options.length / letters.length);
  const length = Math.ceil(options.length / count);
  const kept = Math.max(1, Math.floor(letters.length / count));
  const lists: { finalists: { option: string; i: number; share: number }[]; odds: readonly number[] }[] = [];
  for (let at = 0; at < options.length; at += length) {
    const listed = options.slice(at, at + length);
    const odds = await ask(listed);
    const best = listed.map((option, i) => ({ option, i, share: odds[i]! })).sort((a, b) => b.share - a.share);
    lists.push({ odds, finalists: best.slice(0, kept) });
  }
  const again = await among(
    lists.flatMap(({ finalists }) => finalists.map(({ option }) => option)),
    ask,
  );
  let next = 0;
  return lists.flatMap(({ odds, finalists }) => {
    const finals = again.slice(next, (next += finalists.length));
    const won = sum(finals);
    const through = sum(finalists.map(({ share }) => share));
    // A list has what its finalists won of the whole; in it, those that were left out keep their share.
    return odds.map((share, i) => {
      const final = finals[finalists.findIndex((one) => one.i === i)];
      return final === undefined ? won * share : final * through;
    });
  });
}

async function bothWays(options: readonly string[], ask: Ask): Promise<readonly number[]> {
  const odds = await ask(options);
  const [best = 1, second = 0] = [...odds].sort((a, b) => b - a);
  if (best - second >= narrow) return odds;
  const turned = [...(await ask([...options].reverse()))].reverse();
  return odds.map((share, i) => (share + turned[i]!) / 2);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
