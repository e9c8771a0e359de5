// A stand-in for the browser's Prompt API, for tests: it is no model. It behaves as the draft of June 2026 says
// (https://github.com/webmachinelearning/prompt-api), and answers what `standIn.answer` gives. A classic script, run before the page's own.
{
  const standIn = {
    availability: "available",
    /** Whether a person has just clicked. What a test evaluates counts as a click too. */
    activated: () => navigator.userActivation.isActive,
    /** Tokens, one a word. */
    window: 1000,
    /** Shares of the download that are told, or why it fails. */
    download: [0, 0.5, 1],
    downloadFails: false,
    /** Milliseconds before each piece of an answer. */
    pace: 0,
    /** What is answered: a text, or pieces; an error is thrown. */
    answer: () => "An answer.",
    /** Keywords of a JSON Schema that are not known here. */
    unknownKeywords: [],
    /** The names of usage and quota until 2026. */
    oldNames: false,
    /** All conversations, and what each prompt asked for. */
    sessions: [],
    prompts: [],
    get live() {
      return this.sessions.filter((session) => !session.ended.signal.aborted).length;
    },
  };
  const error = (name, message) => new DOMException(message, name);
  const words = (messages) => messages.flatMap(({ content }) => content.split(/\s+/).filter(Boolean)).length;
  const asMessages = (input) => (typeof input === "string" ? [{ role: "user", content: input }] : input);
  const languages = ({ expectedInputs = [], expectedOutputs = [] } = {}) =>
    [...expectedInputs, ...expectedOutputs].flatMap((one) => Intl.getCanonicalLocales(one.languages ?? []));
  const known = (options) => languages(options).every((tag) => ["en", "es", "ja"].includes(new Intl.Locale(tag).language));
  const keywordsIn = (part) =>
    typeof part !== "object" || part === null
      ? []
      : [...(Array.isArray(part) ? [] : Object.keys(part)), ...Object.values(part).flatMap(keywordsIn)];
  const wait = (ms, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const timer = setTimeout(resolve, ms);
      const stop = () => {
        clearTimeout(timer);
        reject(signal.reason);
      };
      signal.addEventListener("abort", stop, { once: true });
    });
  /** Whether a text fits a schema, as far as tests need it: objects of known fields, and labels. */
  const fits = (schema, text) => {
    let value;
    try {
      value = JSON.parse(text);
    } catch {
      return false;
    }
    const held = (part, one) =>
      part.enum
        ? part.enum.includes(one)
        : part.type !== "object" ||
          (Object(one) === one && (part.required ?? []).every((key) => key in one && held(part.properties[key] ?? {}, one[key])));
    return held(schema, value);
  };
  const quota = (requested) => {
    if (typeof QuotaExceededError !== "undefined")
      throw new QuotaExceededError("The input is too large.", { requested, quota: standIn.window });
    throw Object.assign(error("QuotaExceededError", "The input is too large."), { requested, quota: standIn.window });
  };

  class LanguageModel extends EventTarget {
    static async availability(options) {
      return known(options) ? standIn.availability : "unavailable";
    }
    static async create(options = {}) {
      const { signal, monitor, initialPrompts = [] } = options;
      signal?.throwIfAborted();
      languages(options);
      if (standIn.availability === "unavailable" || !known(options)) throw error("NotSupportedError", "The options are not supported.");
      if (standIn.availability === "downloadable" && !standIn.activated())
        throw error("NotAllowedError", "Requires a user gesture when availability is downloadable.");
      const target = new EventTarget();
      monitor?.(target);
      if (standIn.availability !== "available") {
        standIn.availability = "downloading";
        for (const loaded of standIn.download) {
          await wait(1, signal ?? new AbortController().signal);
          target.dispatchEvent(new ProgressEvent("downloadprogress", { lengthComputable: true, loaded, total: 1 }));
        }
        if (standIn.downloadFails) throw error("NetworkError", "The download failed.");
        standIn.availability = "available";
      }
      return new LanguageModel().begun(initialPrompts);
    }

    constructor() {
      super();
      this.history = [];
      this.ended = new AbortController();
      standIn.sessions.push(this);
      const [usage, room, measure] = standIn.oldNames
        ? ["inputUsage", "inputQuota", "measureInputUsage"]
        : ["contextUsage", "contextWindow", "measureContextUsage"];
      Object.defineProperty(this, usage, { get: () => words(this.history) });
      this[room] = standIn.window;
      this[measure] = async (input) => words(asMessages(input));
    }
    begun(messages) {
      this.take(messages);
      return this;
    }
    take(input) {
      const messages = asMessages(input);
      const misplaced = messages.findIndex(({ role }, i) => role === "system" && (i > 0 || this.history.length > 0));
      if (misplaced >= 0) throw new TypeError("The system prompt must be the first message.");
      const requested = words(this.history) + words(messages);
      if (requested > standIn.window) quota(requested);
      this.history.push(...messages);
    }
    use() {
      if (this.ended.signal.aborted) throw error("InvalidStateError", "The session is destroyed.");
    }
    async append(input, { signal } = {}) {
      this.use();
      signal?.throwIfAborted();
      this.take(input);
    }
    async clone({ signal } = {}) {
      this.use();
      signal?.throwIfAborted();
      await null;
      const session = new LanguageModel();
      session.history.push(...this.history);
      return session;
    }
    destroy() {
      this.ended.abort(error("AbortError", "The session was destroyed."));
    }
    promptStreaming(input, options = {}) {
      const { responseConstraint, omitResponseConstraintInput = false } = options;
      if (omitResponseConstraintInput && !responseConstraint) throw new TypeError("There is no constraint to omit.");
      this.use();
      const signal = AbortSignal.any([this.ended.signal, ...(options.signal ? [options.signal] : [])]);
      const session = this;
      async function* pieces() {
        await wait(0, signal);
        const strange = keywordsIn(responseConstraint).find((one) => standIn.unknownKeywords.includes(one));
        if (strange) throw error("NotSupportedError", `The schema has ${strange}.`);
        session.take(input);
        standIn.prompts.push({ input: asMessages(input), history: structuredClone(session.history), responseConstraint });
        const answered = await standIn.answer(session.history, responseConstraint);
        const parts = Array.isArray(answered) ? answered : (String(answered).match(/\s*\S+|\s+$/g) ?? []);
        for (const part of parts) {
          await wait(standIn.pace, signal);
          yield part;
        }
        if (responseConstraint && !fits(responseConstraint, parts.join(""))) throw error("SyntaxError", "No answer fits the schema.");
        session.history.push({ role: "assistant", content: parts.join("") });
      }
      const running = pieces();
      return new ReadableStream({
        async pull(stream) {
          try {
            const { done, value } = await running.next();
            if (done) stream.close();
            else stream.enqueue(value);
          } catch (failure) {
            stream.error(failure);
          }
        },
        cancel: () => running.return(),
      });
    }
    async prompt(input, options) {
      let text = "";
      const reader = this.promptStreaming(input, options).getReader();
      for (let next = await reader.read(); !next.done; next = await reader.read()) text += next.value;
      return text;
    }
  }
  Object.assign(globalThis, { standIn, LanguageModel });
}
