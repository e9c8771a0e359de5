/** Vectors of an embedding model by name, each text's once. */
export async function vectorsOf(name) {
  const { embeddings } = await import("@troupe/nodes");
  const loaded = await embeddings(name).load();
  const known = new Map();
  return async (texts) => {
    const open = [...new Set(texts)].filter((text) => !known.has(text));
    const made = open.length ? await loaded.embedDocuments(open) : [];
    for (const [i, text] of open.entries()) known.set(text, made[i]);
    return texts.map((text) => known.get(text));
  };
}
