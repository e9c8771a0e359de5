/** Characters; more is no answer to closed questions. */
const longest = 8_000_000;

interface Asking {
  readonly fetch: typeof fetch;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
}

/** Posts JSON and gives the JSON that comes back. What fails carries its `body`, and what the server refused its `status` and `headers`. */
export async function askServer(url: string, asked: object, { fetch, headers, signal }: Asking): Promise<any> {
  const response = await fetch(url, {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/json", ...headers },
    body: JSON.stringify(asked),
    ...(signal ? { signal } : {}),
  });
  const text = await bodyOf(response);
  const body = parsed(text);
  if (response.ok && typeof body === "object" && body !== null) return body;
  const { status, headers: told } = response;
  // A status says that nothing was done. What was done and cannot be read may have its cost.
  const failed = response.ok ? {} : { status, headers: told };
  const says = Object(body).error?.message ?? Object(body).error ?? text.slice(0, 300);
  const what = response.ok ? `${url} answers with what is no JSON object` : `${url} answers with status ${status}`;
  throw Object.assign(new Error(`${what}: ${typeof says === "string" ? says : JSON.stringify(says)}`), { ...failed, body });
}

async function bodyOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > longest) throw new Error(`${response.url || "The server"} answers with more than ${longest} characters`);
  }
  return text + decoder.decode();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
