import { callFailed, mayPass, nearest, persist, TroupeError } from "@troupe/core";
import { type Address, addressOf } from "../address.js";
import { openCard } from "../open/open-card.js";
import { openCards } from "../open/open-cards.js";
import { patientFetch } from "../patient-fetch.js";

/**
 * Where Ollama listens: `$OLLAMA_HOST`, as Ollama itself reads it, else its usual port on loopback. Throws MODEL_URL.
 *
 * @example
 * ollamaServer(); // where $OLLAMA_HOST says, else http://127.0.0.1:11434
 */
export function ollamaServer(): Address {
  const host = (process.env.OLLAMA_HOST || "").trim();
  if (!host) return { url: "http://127.0.0.1:11434", headers: {} };
  const whole = /^https?:\/\//.test(host);
  const text = whole ? host : `http://${host.startsWith(":") ? `127.0.0.1${host}` : host}`;
  if (!URL.canParse(text))
    throw new TroupeError("MODEL_URL", "OLLAMA_HOST is neither a host nor a URL", { hint: "Write OLLAMA_HOST=127.0.0.1:11434" });
  const url = new URL(text);
  if (url.hostname === "0.0.0.0") url.hostname = "127.0.0.1";
  if (!url.port && !whole) url.port = "11434";
  return addressOf(url);
}

/** What Ollama says of a model, as far as Troupe needs it. */
export interface Shown {
  /** Tokens it was trained for. */
  readonly context: number;
  readonly capabilities: readonly string[];
  /** Bytes of its weights; 0 where Ollama does not tell. */
  readonly bytes: number;
  /** Pixels of an image's longer side that it sees; 0 where Ollama does not tell. */
  readonly imageSide: number;
}

/** Asks Ollama for a model's card, again where that failed and may pass. Throws OLLAMA_DOWN, OLLAMA_MODEL_MISSING, OLLAMA_FAILED, MODEL_BUSY. */
export async function show({ url, headers }: Address, name: string): Promise<Shown> {
  const asked = async (path: string, init: RequestInit): Promise<Record<string, any>> => {
    const response = await patientFetch()(`${url}${path}`, { ...init, headers: { ...headers, ...init.headers } });
    const body = (await response.json().catch(() => ({}))) as Record<string, any>;
    if (response.ok) return body;
    const { status, statusText } = response;
    throw Object.assign(new Error(String(body.error ?? statusText)), { status, headers: response.headers });
  };
  const ask = (path: string, init: RequestInit) =>
    persist(() => asked(path, init), new AbortController().signal).catch((error) => {
      throw callFailed({ id: `ollama:${name}` }, ollamaError(error, url, name));
    });
  const body = await ask("/api/show", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: name }),
  });
  const { models = [] } = await ask("/api/tags", {});
  const tag = models.find((one: { name: string }) => one.name === name || one.name === `${name}:latest`);
  const info = body.model_info ?? {};
  return {
    context: Number(info[`${info["general.architecture"]}.context_length`] ?? 0),
    capabilities: body.capabilities ?? [],
    bytes: Number(tag?.size ?? 0),
    imageSide: imageSideIn(info, body.projector_info ?? {}),
  };
}

/** Models whose every image is brought to one size. */
const fixed = ["gemma3", "mistral3"];

/** LLaVA's first projectors see one square; later ones, which list resolutions to choose from, and others see what they choose. */
function imageSideIn(info: Readonly<Record<string, unknown>>, projector: Readonly<Record<string, unknown>>): number {
  const architecture = String(info["general.architecture"]);
  if (fixed.includes(architecture)) return Number(info[`${architecture}.vision.image_size`] ?? 0);
  if (projector["clip.has_llava_projector"] !== true || "clip.vision.image_grid_pinpoints" in projector) return 0;
  return Number(projector["clip.vision.image_size"] ?? 0);
}

/** As a connection that broke: it may pass. */
class CutAnswer extends Error {
  readonly code = "ECONNRESET";
  constructor() {
    super("The answer was cut: it ended before Ollama said that it is done");
  }
}

/**
 * What went wrong between here and Ollama, with its remedy. A TroupeError stays as it is, and so does what may pass, as of every server: that
 * it is busy or fails, and that the connection broke, which an answer that ends before it is done is too.
 */
export function ollamaError(error: unknown, url: string, name: string): unknown {
  if (error instanceof TroupeError) return error;
  const { code, status_code, status = status_code, message, cause } = (error ?? {}) as Record<string, any>;
  const net = code ?? cause?.code;
  if (/^Did not receive done/.test(message)) return new CutAnswer();
  if (["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"].includes(net))
    return new TroupeError("OLLAMA_DOWN", `Ollama does not answer at ${url}`, {
      hint: "Start it with: ollama serve; or set OLLAMA_HOST to where it listens",
      cause: error,
    });
  if (mayPass(error)) return error;
  const near = status === 404 && !openCard(name) ? nearest(name, Object.keys(openCards)) : undefined;
  if (status === 404)
    return new TroupeError("OLLAMA_MODEL_MISSING", `Ollama at ${url} has no model ${name}`, {
      hint: `${near && near !== name ? `Did you mean ${near}? ` : ""}Fetch it with: ollama pull ${name}`,
      cause: error,
    });
  if (status || net)
    return new TroupeError("OLLAMA_FAILED", `Ollama at ${url} failed: ${message ?? net}`, { hint: "Its own log says more", cause: error });
  return error;
}
