import type { Reader } from "./tesseract.js";

interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export interface Reading {
  readonly confidence: number;
  readonly lines: readonly string[];
}

/** Tesseract's page segmentation modes: columns are found, or all is taken for one block, row by row. */
const columns = "3";
const rows = "6";
/** Radians of tilt (2 degrees) up to which turning a picture costs more in sharpness than it gains. */
const level = 0.035;
/** Confidence from 0 to 100 under which a page may lie upside down, and under which a line is none. A sharp page has 90 and more. */
const doubtful = 65;
const noise = 35;

/**
 * Reads the lines of a page. Its tilt is measured first. Where columns of prose stand side by side they are read one after the other;
 * anything else is read row by row, so that an amount stays with what it is for. A page that reads badly is tried upside down.
 * Confidence is 0 to 100, the mean over the words.
 */
export async function readLines(reader: Reader): Promise<Reading> {
  const layout = await reader.recognize({ rotateAuto: true, tessedit_pageseg_mode: columns }, { text: false, layoutBlocks: true });
  const tilt = Math.abs(layout.rotateRadians ?? 0) > level ? layout.rotateRadians : 0;
  const mode = sideBySide((layout.layoutBlocks ?? []).map((block: { bbox: Box }) => block.bbox)) ? columns : rows;
  const upright = await read(reader, mode, tilt);
  if (!upright.lines.length || upright.confidence >= doubtful) return upright;
  const turned = await read(reader, mode, tilt + Math.PI);
  return turned.confidence > upright.confidence ? turned : upright;
}

async function read(reader: Reader, mode: string, radians: number): Promise<Reading> {
  const page = await reader.recognize({ tessedit_pageseg_mode: mode, rotateRadians: radians }, { text: true, blocks: true });
  const lines: { text: string; confidence: number }[] = (page.blocks ?? []).flatMap((block: any) =>
    block.paragraphs.flatMap((paragraph: any) => paragraph.lines),
  );
  const legible = lines.filter(({ text, confidence }) => text.trim() && confidence >= noise);
  return { confidence: page.confidence ?? 0, lines: legible.map(({ text }) => text.trim()) };
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
