import { ollamaServer } from "@troupe/nodes";
import { size } from "../show/amounts.js";
import type { Finding } from "./finding.js";
import { output } from "./programs.js";

/** The Ollama server and what it has. It is one of several ways to larger models, so it may be absent. */
export async function ollama(): Promise<Finding> {
  const name = "Ollama";
  const { url, headers } = ollamaServer();
  try {
    const signal = AbortSignal.timeout(3_000);
    const [{ version }, { models }] = await Promise.all([
      ask(`${url}/api/version`, headers, signal),
      ask(`${url}/api/tags`, headers, signal),
    ]);
    const list = (models as { name: string; size: number }[]).map((one) => `${one.name} (${size(one.size)})`);
    if (list.length) return { name, status: "ok", found: `${version} at ${url}: ${list.join(", ")}` };
    return { name, status: "absent", found: `${version} at ${url}, without models`, hint: "Fetch one: ollama pull qwen2.5:7b" };
  } catch {
    const installed = (await output("ollama", ["--version"])) !== undefined;
    const hint = installed
      ? "Start it: ollama serve (or set OLLAMA_HOST to where it listens)."
      : "For larger models on this machine, install it from https://ollama.com; where it listens elsewhere, set OLLAMA_HOST.";
    return { name, status: "absent", found: `no answer at ${url}`, hint };
  }
}

async function ask(url: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<any> {
  const answer = await fetch(url, { headers, signal });
  if (!answer.ok) throw new TypeError(`${url} answered ${answer.status}`);
  return answer.json();
}
