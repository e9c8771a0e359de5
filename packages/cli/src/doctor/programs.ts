import { execFile } from "node:child_process";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { pythonHere } from "@troupe/nodes";
import type { Finding } from "./finding.js";

const run = promisify(execFile);

/**
 * What a program prints, or undefined where it does not start or says no. It is started beside Node's own program, since many look for
 * what to do in the working folder: Go takes its toolchain from there.
 */
export async function output(command: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await run(command, [...args], { timeout: 20_000, windowsHide: true, cwd: dirname(process.execPath) });
    return (stdout || stderr).trim();
  } catch {
    return undefined;
  }
}

/** Python 3.9 or later with venv and pip: speech needs it, and so do models that come as Python wheels. */
export async function python(): Promise<Finding> {
  const name = "Python";
  const { command, version: numbers, venv } = await pythonHere();
  if (numbers === undefined) {
    const hint = "Speech and models from Python wheels need it: install Python 3 with venv and pip, or name one with TROUPE_PYTHON.";
    return { name, status: "absent", found: `${command} does not start`, hint };
  }
  const [major, minor] = numbers;
  const version = numbers.join(".");
  if (major < 3 || (major === 3 && minor < 9)) {
    return { name, status: "absent", found: version, hint: "Speech needs Python 3.9 or later: name one with TROUPE_PYTHON." };
  }
  if (!venv) {
    const hint = "Install its venv and pip (on Debian and Ubuntu: apt-get install python3-venv python3-pip).";
    return { name, status: "absent", found: `${version} without venv or ensurepip`, hint };
  }
  return { name, status: "ok", found: `${version} with venv` };
}

/** Go builds Ollama where there is none; nothing else needs it. */
export async function go(): Promise<Finding> {
  const name = "Go";
  const version = /go(\d+)\.(\d+)[.\d]*/.exec((await output("go", ["version"])) ?? "");
  const hint = "Only the tests that build Ollama need it: Go 1.24 or later.";
  if (!version) return { name, status: "absent", found: "not found", hint };
  const [found, major, minor] = version;
  const recent = Number(major) > 1 || Number(minor) >= 24;
  return recent ? { name, status: "ok", found: found.slice(2) } : { name, status: "absent", found: found.slice(2), hint };
}
