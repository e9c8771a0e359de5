import { enlarged, isBlank, longest, onItsSide, type Picture, workable } from "./picture.js";
import type { Reader } from "./tesseract.js";

interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export interface Reading {
  /** From 0 to 100, the mean over the words. */
  readonly confidence: number;
  /** What could be read. */
  readonly lines: readonly string[];
  /** Whether nothing is on the page. */
  readonly blank: boolean;
  /** Whether its letters were so small that it was scaled up. */
  readonly small: boolean;
}

/** What one look at a page found; `height` is that of the middle line, legible or not, in pixels. */
interface Look {
  readonly confidence: number;
  readonly lines: readonly string[];
  readonly height: number;
}

/** Tesseract's page segmentation modes: columns are found, or all is taken for one block, row by row. */
const columns = "3";
const rows = "6";
/** Radians of tilt (2 degrees) up to which turning a picture costs more in sharpness than it gains. */
const level = 0.035;
/** Confidence from 0 to 100 under which a page may lie another way up, and under which a line is none. A sharp page has 90 and more. */
const doubtful = 65;
const noise = 35;
/** Pixels of a line's height under which Tesseract mistakes letters, and to which it is brought then. */
const tiny = 20;
const ample = 30;

/**
 * Reads the lines of a page. Its tilt is measured first. Where columns of prose stand side by side they are read one after the other;
 * anything else is read row by row, so that an amount stays with what it is for. A page that reads badly is tried upside down and
 * on its sides, one of small letters scaled up, as far as `pixels` allows.
 */
export async function readLines(reader: Reader, picture: Picture, pixels: number): Promise<Reading> {
  const look = await upright(reader, picture);
  const blank = !look.lines.length && (await isBlank(picture));
  const times = Math.min(
    Math.ceil(ample / (look.height || ample / 3)),
    Math.sqrt(Math.min(pixels, workable) / (picture.width * picture.height)),
    longest / Math.max(picture.width, picture.height),
  );
  if (blank || look.height >= tiny || times < 1.2) return { ...look, blank, small: false };
  const closer = await upright(reader, await enlarged(picture, times));
  return { ...(closer.confidence > look.confidence ? closer : look), blank, small: true };
}

/** The best look at a page, whichever way up it lies. */
async function upright(reader: Reader, picture: Picture): Promise<Look> {
  let best = await eitherWay(reader, picture);
  // Lines on their side are read as letters in a column, some of them with confidence.
  for (const degrees of [90, 270] as const) {
    if (!best.lines.length || best.confidence >= doubtful) break;
    const look = await eitherWay(reader, await onItsSide(picture, degrees));
    if (look.confidence >= doubtful) best = look;
  }
  return best;
}

async function eitherWay(reader: Reader, picture: Picture): Promise<Look> {
  const layout = await reader.recognize(picture, { rotateAuto: true, tessedit_pageseg_mode: columns }, { text: false, layoutBlocks: true });
  const tilt = Math.abs(layout.rotateRadians ?? 0) > level ? layout.rotateRadians : 0;
  const mode = sideBySide((layout.layoutBlocks ?? []).map((block: { bbox: Box }) => block.bbox)) ? columns : rows;
  const look = await read(reader, picture, mode, tilt);
  if (!look.lines.length || look.confidence >= doubtful) return look;
  const turned = await read(reader, picture, mode, tilt + Math.PI);
  return turned.confidence > look.confidence ? turned : look;
}

async function read(reader: Reader, picture: Picture, mode: string, radians: number): Promise<Look> {
  const page = await reader.recognize(picture, { tessedit_pageseg_mode: mode, rotateRadians: radians }, { text: true, blocks: true });
  const found: { text: string; confidence: number; bbox: Box }[] = (page.blocks ?? []).flatMap((block: any) =>
    block.paragraphs.flatMap((paragraph: any) => paragraph.lines),
  );
  const heights = found.map(({ bbox }) => bbox.y1 - bbox.y0).sort((a, b) => a - b);
  return {
    confidence: page.confidence ?? 0,
    lines: found.filter(({ text, confidence }) => text.trim() && confidence >= noise).map(({ text }) => text.trim()),
    height: heights[heights.length >> 1] ?? 0,
  };
}

/** Whether two blocks, each at least a quarter as wide as all of them together, stand beside one another. */
function sideBySide(boxes: readonly Box[]): boolean {
  const width = Math.max(...boxes.map((b) => b.x1)) - Math.min(...boxes.map((b) => b.x0));
  const wide = boxes.filter((b) => b.x1 - b.x0 > width / 4);
  return wide.some((a) =>
    wide.some((b) => {
      const shared = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);
      return a.x1 < b.x0 && shared > Math.min(a.y1 - a.y0, b.y1 - b.y0) / 2;
    }),
  );
}
