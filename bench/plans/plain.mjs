export const isRef = (value) => typeof value === "object" && value !== null && !Array.isArray(value) && typeof value.ref === "string";
export const refsOf = (value) => (isRef(value) ? [value.ref] : Array.isArray(value) ? value.flatMap(refsOf) : []);

const plain = (value) => (typeof value === "string" ? value.normalize("NFC").trim().replace(/\s+/g, " ").toLowerCase() : value);

/** What a plan does, whatever its tasks are called: each task and each output with its refs followed back to inputs and literals. */
export function workOf({ tasks, output }) {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const known = new Map();
  const value = (said, open) => {
    if (Array.isArray(said)) return `[${said.map((one) => value(one, open)).sort()}]`;
    if (!isRef(said)) return JSON.stringify(plain(said));
    const [head, ...path] = said.ref.split(".");
    return byId.has(head) ? `${work(head, open)}.${path.join(".")}` : said.ref;
  };
  const entries = (fields, open) =>
    Object.entries(fields)
      .filter(([, one]) => one !== null)
      .map(([name, one]) => `${name}=${value(one, open)}`)
      .sort();
  const work = (id, open) => {
    if (open.includes(id)) return "(circle)";
    if (!known.has(id)) known.set(id, `${byId.get(id).member}(${entries(byId.get(id).args, [...open, id])})`);
    return known.get(id);
  };
  return JSON.stringify([tasks.map(({ id }) => work(id, [])).sort(), entries(output, [])]);
}
