import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** The embedding model, each text embedded once: in this run, and, where a file is named, in those that named it before. */
export function cachedVectors(model, file) {
  const known = new Map(file && existsSync(file) ? Object.entries(JSON.parse(readFileSync(file, "utf8"))) : []);
  const embedDocuments = async (texts) => {
    const open = [...new Set(texts)].filter((text) => !known.has(text));
    if (open.length) {
      const loaded = await model.load();
      for (const [i, vector] of (await loaded.embedDocuments(open)).entries()) known.set(open[i], vector);
      if (file) writeFileSync(file, JSON.stringify(Object.fromEntries(known)));
    }
    return texts.map((text) => known.get(text));
  };
  const loaded = { embedDocuments, embedQuery: async (text) => (await embedDocuments([text]))[0] };
  return { id: model.id, card: model.card, load: async () => loaded };
}
