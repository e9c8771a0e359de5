/** Pixels: the shortest line that may be the side of a box, and the thickest that is a line. */
const shortest = 24;
const thickest = 24;
/** How many times as long as thick a box's side is, at the least. */
const slender = 8;
/** The part of a page's mean grey under which a pixel is ink. */
const ink = 0.7;
/** The part of a page that is light where it is written on in dark. Of less, the light may be the letters, and gaps between them look like lines. */
const paper = 0.25;

/**
 * Takes the upright lines of boxes and of ruled tables away, in place: what stands in a closed box Tesseract passes over. Such a line is
 * thin and slender, and ends at a level one that is longer than it, or than a fifth of the page. No letter's stem ends so, and the bowl of
 * a large P, which does, is not slender. A page written in light on dark stays as it is. `greys` is a byte a pixel.
 */
export function openBoxes(greys: Uint8Array, width: number, height: number): void {
  const mean = greys.reduce((sum, grey) => sum + grey, 0) / greys.length;
  if (lightPart(greys) < paper) return;
  const isInk = (x: number, y: number) => x >= 0 && x < width && y >= 0 && y < height && greys[y * width + x]! < mean * ink;
  /** How far ink goes on level, to both sides of a pixel of it, as far as it matters. */
  const level = (x: number, y: number, enough: number) => {
    let [left, right] = [x, x];
    while (right - left < enough && isInk(left - 1, y)) left--;
    while (right - left < enough && isInk(right + 1, y)) right++;
    return isInk(x, y) ? right - left + 1 : 0;
  };
  const isSide = (x: number, from: number, to: number) => {
    const most = Math.min(thickest, (to - from) / slender);
    const thin = [1, 2, 3, 4, 5].filter((part) => level(x, Math.floor(from + ((to - from) * part) / 6), thickest) < most);
    if (thin.length < 3) return false;
    const rule = Math.min(1.2 * (to - from), width / 5);
    return [0, 1, 2, 3].some((near) => level(x, from + near, rule) >= rule || level(x, to - 1 - near, rule) >= rule);
  };
  // How far ink has come down each column.
  const down = new Uint32Array(width);
  for (let y = 0; y <= height; y++) {
    for (let x = 0; x < width; x++) {
      if (isInk(x, y)) {
        down[x]!++;
        continue;
      }
      const from = y - down[x]!;
      down[x] = 0;
      if (y - from < shortest || !isSide(x, from, y)) continue;
      // Where another line crosses it, that one stays.
      for (let at = from; at < y; at++) if (level(x, at, thickest) < thickest) greys[at * width + x] = 255;
    }
  }
}

/** The part of a page that is nearer to its lightest than to its darkest, specks aside. */
function lightPart(greys: Uint8Array): number {
  const counts = new Uint32Array(256);
  for (const grey of greys) counts[grey]!++;
  const specks = greys.length / 1000;
  const end = (from: number, step: 1 | -1) => {
    let [at, passed] = [from - step, 0];
    do passed += counts[(at += step)]!;
    while (passed <= specks);
    return at;
  };
  const middle = (end(0, 1) + end(255, -1)) / 2;
  return counts.reduce((sum, count, grey) => sum + (grey > middle ? count : 0), 0) / greys.length;
}
