/** What Gemini answers, as far as this reads it. */
interface Part {
  readonly candidates?: readonly { readonly content?: { readonly parts?: readonly unknown[] }; readonly finishReason?: string }[];
  readonly promptFeedback?: { readonly blockReason?: string };
  readonly usageMetadata?: {
    readonly promptTokenCount?: number;
    readonly cachedContentTokenCount?: number;
    readonly candidatesTokenCount?: number;
    readonly thoughtsTokenCount?: number;
    readonly totalTokenCount?: number;
  };
}

interface Asked {
  readonly model: string;
  /** Of the server, without its version. */
  readonly url: string;
  readonly key: string | undefined;
  readonly fetch: typeof fetch;
}

/** What a server answers that is no answer; its `status`, `headers` and `body` are told. */
class GeminiError extends Error {
  constructor(
    readonly status: number,
    readonly headers: Headers,
    readonly body: any,
  ) {
    super(`${status} ${body?.error?.status ?? ""}: ${body?.error?.message ?? "no message"}`);
  }
}

/** Streams of Gemini's HTTP interface, as LangChain's chat model reads them. */
export class GeminiClient {
  /** LangChain's traces read it. */
  readonly generationConfig = {};

  constructor(private readonly asked: Asked) {}

  /** @throws GeminiError */
  async generateContentStream(
    request: object,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<{ stream: AsyncGenerator<Part> }> {
    const { model, url, key, fetch } = this.asked;
    const response = await fetch(`${url}/v1beta/models/${model}:streamGenerateContent?alt=sse`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(key === undefined ? {} : { "x-goog-api-key": key }) },
      body: JSON.stringify(request),
      ...(signal ? { signal } : {}),
    });
    if (!response.ok) {
      const text = await response.text();
      throw new GeminiError(response.status, response.headers, parsed(text) ?? { error: { message: text.slice(0, 500) } });
    }
    return { stream: parts(response) };
  }
}

async function* parts(response: Response): AsyncGenerator<Part> {
  let last: Part["usageMetadata"];
  for await (const data of eventsOf(response)) {
    const part = JSON.parse(data) as Part & { readonly error?: { readonly code?: number } };
    if (part.error) throw new GeminiError(part.error.code ?? Number.NaN, response.headers, part);
    const took = counted(part.usageMetadata) ?? last;
    yield whole(part, took && { ...took, cachedContentTokenCount: cachedIn(took) - cachedIn(last) });
    last = took;
  }
}

/** A part that LangChain does not pass over: one that only says why the model stopped, that it was not asked at all, or what it took. */
function whole(part: Part, usageMetadata: Part["usageMetadata"]): Part {
  const [first] = part.candidates ?? [];
  const finishReason = first?.finishReason ?? part.promptFeedback?.blockReason;
  const content = { role: "model", parts: [], ...first?.content };
  return {
    ...part,
    candidates: [{ ...first, content, ...(finishReason ? { finishReason } : {}) }],
    ...(usageMetadata ? { usageMetadata } : {}),
  };
}

/** What a model thinks is paid for like what it writes. */
function counted(usage: Part["usageMetadata"]): Part["usageMetadata"] {
  return usage && { ...usage, candidatesTokenCount: (usage.candidatesTokenCount ?? 0) + (usage.thoughtsTokenCount ?? 0) };
}

/** Each part tells it all; LangChain adds it up. */
const cachedIn = (usage: Part["usageMetadata"]): number => usage?.cachedContentTokenCount ?? 0;

/** The data of a stream's events. */
async function* eventsOf(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    const events = (rest + decoder.decode(bytes, { stream: true })).split(/\r?\n\r?\n/);
    rest = events.pop()!;
    for (const event of events) yield* dataOf(event);
  }
  yield* dataOf(rest + decoder.decode());
}

function dataOf(event: string): string[] {
  const lines = event.split(/\r?\n/).filter((line) => line.startsWith("data:"));
  return lines.length ? [lines.map((line) => line.slice("data:".length).trimStart()).join("\n")] : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
