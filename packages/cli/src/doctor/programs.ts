import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Finding } from "./finding.js";

const run = promisify(execFile);

/** What a program prints, or undefined where it does not start or says no. */
export async function output(command: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await run(command, [...args], { timeout: 20_000, windowsHide: true });
    return (stdout || stderr).trim();
  } catch {
    return undefined;
  }
}

/** Python 3.9 or later with venv and pip: speech needs it, and so do models that come as Python wheels. */
export async function python(): Promise<Finding> {
  const command = process.env.TROUPE_PYTHON || (process.platform === "win32" ? "python" : "python3");
  const name = "Python";
  const version = await output(command, ["-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])"]);
  if (version === undefined) {
    const hint = "Speech and models from Python wheels need it: install Python 3 with venv and pip, or name one with TROUPE_PYTHON.";
    return { name, status: "absent", found: `${command} does not start`, hint };
  }
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < 3 || (major === 3 && minor < 9)) {
    return { name, status: "absent", found: version, hint: "Speech needs Python 3.9 or later: name one with TROUPE_PYTHON." };
  }
  if ((await output(command, ["-c", "import venv, ensurepip; print('ok')"])) !== "ok") {
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
