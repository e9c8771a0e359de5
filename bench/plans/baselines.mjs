// What plans from words are held against.

const cardText = ({ name, does }) =>
  `${name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[_.-]+/g, " ")
    .trim()}: ${does}`;
const cosine = (a, b) => {
  let [dot, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i] * b[i];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
  }
  return dot / (Math.sqrt(aa * bb) || 1);
};

/** A request parted at punctuation and "and", each part given the member likeliest by cosine, from 0.3 on, each member once. */
export async function bestByPart(request, members, embed) {
  const parts = request
    .split(/[.,;!?]+(?:\s+|$)|\s+and\s+/i)
    .map((part) => part.trim())
    .filter((part) => part.length > 1);
  if (parts.length === 0) return [];
  const vectors = await embed([...parts, ...members.map(cardText)]);
  const found = parts.flatMap((_, i) => {
    const near = members.map((__, m) => cosine(vectors[i], vectors[parts.length + m]));
    const most = Math.max(...near);
    return most >= 0.3 ? [members[near.indexOf(most)].name] : [];
  });
  return [...new Set(found)];
}

const [k1, b] = [1.2, 0.75];
const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** The members likeliest by BM25 (Robertson and Zaragoza, 2009), as many as are right. */
export function byBm25(request, members, howMany) {
  const texts = members.map((card) => wordsOf(cardText(card)));
  const length = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
  const rarity = (word) => {
    const having = texts.filter((text) => text.includes(word)).length;
    return Math.log(1 + (texts.length - having + 0.5) / (having + 0.5));
  };
  const said = [...new Set(wordsOf(request))].map((word) => [word, rarity(word)]);
  const score = (text) =>
    said.reduce((sum, [word, rare]) => {
      const often = text.filter((one) => one === word).length;
      return sum + (rare * often * (k1 + 1)) / (often + k1 * (1 - b + (b * text.length) / length));
    }, 0);
  return members
    .map(({ name }, i) => ({ name, score: score(texts[i]) }))
    .sort((one, other) => other.score - one.score)
    .slice(0, howMany)
    .map(({ name }) => name);
}
