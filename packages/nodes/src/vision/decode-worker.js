// Decodes the pages of a PDF or a BMP in a thread of its own, which can be ended whatever its library does. Told a page's number (from 0),
// it answers with the page's greys, with how many there are too many, or with what its library says.
import { parentPort, workerData } from "node:worker_threads";

const { bytes, type, most, workable } = workerData;
/** Pixels a point (1/72 inch) for 300 an inch. */
const sharpest = 300 / 72;

async function pdf() {
  const { PDFiumLibrary } = await import("@hyzyla/pdfium");
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(bytes);
  const page = async (number) => {
    const found = document.getPage(number);
    const { originalWidth, originalHeight } = found.getOriginalSize();
    const points = originalWidth * originalHeight;
    const scale = Math.min(sharpest, Math.sqrt(Math.min(most, workable) / points));
    if (scale < 1) return { tooMany: Math.round(points) };
    const { width, height, data } = await found.render({ scale, colorSpace: "Gray", renderFormFields: true });
    return { width, height, data };
  };
  return { pages: document.getPageCount(), page };
}

async function bmp() {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, 26);
  // The oldest kind has a short head, of small numbers; a negative height says that rows go down.
  const old = head.readUInt32LE(14) === 12;
  const pixels = old ? head.readUInt16LE(18) * head.readUInt16LE(20) : Math.abs(head.readInt32LE(18) * head.readInt32LE(22));
  const { decode } = await import("bmp-ts");
  const page = async () => {
    if (pixels > most) return { tooMany: pixels };
    const { width, height, data: colours } = decode(Buffer.from(bytes));
    const data = new Uint8Array(pixels);
    // Alpha, which is mostly left at nothing, blue, green, red.
    for (let i = 0; i < pixels; i++) data[i] = 0.114 * colours[4 * i + 1] + 0.587 * colours[4 * i + 2] + 0.299 * colours[4 * i + 3];
    return { width, height: Math.abs(height), data };
  };
  return { pages: 1, page };
}

try {
  const { pages, page } = await (type === "application/pdf" ? pdf() : bmp());
  parentPort.on("message", (number) => {
    page(number).then(
      (decoded) => parentPort.postMessage(decoded, decoded.data ? [decoded.data.buffer] : []),
      (error) => parentPort.postMessage({ failed: error.message }),
    );
  });
  parentPort.postMessage({ pages });
} catch (error) {
  parentPort.postMessage({ failed: error.message });
}
