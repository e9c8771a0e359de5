// A PostgreSQL server of its own, with its default settings, in a folder for temporary files and on a socket there.
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Where Debian and others put its programs. */
function programs() {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => b - a) : [];
  const folders = [...versions.map((version) => join(debian, version, "bin")), ...(process.env.PATH ?? "").split(":")];
  return folders.find((folder) => ["initdb", "postgres", "pg_isready"].every((name) => existsSync(join(folder, name))));
}

/** Starts one; undefined where it is not installed. */
export async function postgres() {
  const bin = programs();
  if (!bin) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "bench-postgres-"));
  // It does not run as root.
  const root = process.getuid() === 0;
  const user = root ? { uid: Number(execFileSync("id", ["-u", "nobody"])), gid: Number(execFileSync("id", ["-g", "nobody"])) } : {};
  if (root) chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o700);
  const data = join(folder, "data");
  execFileSync(join(bin, "initdb"), ["-D", data, "-A", "trust", "-U", "bench"], { ...user, cwd: folder, stdio: "ignore" });
  const server = spawn(join(bin, "postgres"), ["-D", data, "-k", folder, "-h", ""], { ...user, cwd: folder, stdio: "ignore" });
  const ended = new Promise((resolve) => server.once("exit", resolve));
  for (let i = 0; i < 300; i++) {
    await sleep(100);
    try {
      execFileSync(join(bin, "pg_isready"), ["-h", folder], { stdio: "ignore" });
      break;
    } catch {}
  }
  return {
    url: `postgresql://bench@/postgres?host=${encodeURIComponent(folder)}`,
    async stop() {
      server.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
