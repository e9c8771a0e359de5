/** Whole numbers of a command line, in order, each with what it is where it is left out; anything else is refused, for none would pass for all right. */
export function countsOf(args, defaults) {
  const odd = args.find((arg, i) => !/^[1-9]\d*$/.test(arg) || i >= Object.keys(defaults).length);
  if (odd !== undefined) {
    console.error(`${odd} is not wanted here. Give whole numbers from 1: ${Object.keys(defaults).join(", then ")}.`);
    process.exit(2);
  }
  return Object.values(defaults).map((usual, i) => Number(args[i] ?? usual));
}
