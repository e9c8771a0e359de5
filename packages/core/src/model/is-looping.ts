/** A stretch this short is no loop however often it comes; one this long is not looked for. */
const least = 400;
const longestRound = 300;
/** How often something must follow itself. */
const rounds = 5;

/** Whether a text ends in one piece again and again, five times and 400 characters at the least: a model that has lost its way. */
export function isLooping(text: string): boolean {
  if (text.length < least) return false;
  for (let round = 1; round <= longestRound; round++) {
    const stretch = Math.max(least, round * rounds);
    if (text.length < stretch) return false;
    let i = text.length - 1;
    const end = text.length - stretch + round;
    while (i >= end && text[i] === text[i - round]) i--;
    if (i < end) return true;
  }
  return false;
}
