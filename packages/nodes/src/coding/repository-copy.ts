import { existsSync } from "node:fs";
import { copyFile, lstat, mkdir, mkdtemp, readdir, readlink, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { goneWithProcess, type Limits, limitCrossed, TroupeError, type Trust, trustedPath } from "@troupe/core";
import { git } from "./git.js";
import { pathInside } from "./path-inside.js";

/** A file that differs from the repository's. */
interface ChangedFile {
  readonly path: string;
  readonly change: "added" | "changed" | "deleted";
}

/** A copy of a repository's files, in a folder of its own. */
export interface RepositoryCopy {
  /** A real path. */
  readonly folder: string;
  /** Changes it by a patch. @throws TroupeError `DIFF_INVALID` where it does not apply, or leads out */
  apply(diff: string): Promise<void>;
  /** How it differs from the repository: a patch for `git apply`. @throws TroupeError `DIFF_INVALID` where a link leads out, `LIMIT_CROSSED` */
  changes(): Promise<{ readonly diff: string; readonly files: readonly ChangedFile[] }>;
  remove(): Promise<void>;
}

interface Copying {
  readonly limits: Limits;
  readonly trust: Trust;
  readonly signal: AbortSignal;
}

/**
 * Copies the files of a git repository, or of a folder in one, as they lie there: those it knows, and new ones that it does not ignore.
 * Nothing of `.git` is copied, no link that leads out, and no other repository inside it.
 * @throws TroupeError `REPOSITORY_INVALID` where it is none, or lies in no trusted folder; `LIMIT_CROSSED` for more than `mediaBytes`
 */
export async function repositoryCopy(repository: string, { limits, trust, signal }: Copying): Promise<RepositoryCopy> {
  const source = await trustedPath(repository, trust);
  if (source === undefined) {
    throw new TroupeError("REPOSITORY_INVALID", "A repository lies in no trusted folder", {
      file: repository,
      hint: "Name its folder: compile(graph, { trust: { folders: […] } }), --trust folders=PATH for troupe.",
    });
  }
  const paths = await filesOf(source, signal);
  const place = await realpath(await mkdtemp(join(tmpdir(), "troupe-copy-")));
  const [folder, gitDir] = [join(place, "repository"), join(place, "base.git")];
  const stays = goneWithProcess(place);
  const remove = () => rm(place, { recursive: true, force: true, maxRetries: 3 }).then(stays);
  try {
    await mkdir(folder);
    let bytes = 0;
    for (const path of paths) {
      signal.throwIfAborted();
      bytes += await copied(source, folder, path);
      if (bytes > limits.mediaBytes) throw limitCrossed("mediaBytes", limits, "A repository of more bytes", { file: source });
    }
    const own = { cwd: folder, gitDir, signal };
    await git(["init", "-q", "--template="], own);
    await mkdir(join(gitDir, "info"), { recursive: true });
    // Files count byte for byte, whatever the repository's own attributes say.
    await writeFile(join(gitDir, "info", "attributes"), `${bytewise}\n`);
    await git(["add", "-A", "-f"], own);
    const base = String(await git(["write-tree"], own)).trim();
    return {
      folder,
      remove,
      async apply(diff) {
        await git(["apply", "--whitespace=nowarn", "-"], { ...own, input: diff }).catch((cause) => {
          signal.throwIfAborted();
          if (cause instanceof TroupeError) throw cause;
          throw new TroupeError("DIFF_INVALID", `A patch does not apply to the repository: ${cause.said ?? cause}`, {
            text: diff,
            hint: "Give one that was made for the repository as it is.",
            cause,
          });
        });
        await noLinkOut(folder);
      },
      async changes() {
        await forgetInnerRepositories(folder);
        await noLinkOut(folder);
        await git(["add", "-A"], own);
        const tree = String(await git(["write-tree"], own)).trim();
        const compared = ["diff-tree", "-r", "--no-renames", "--no-ext-diff", "--no-textconv"];
        const patch = () => git([...compared, "-p", "--binary", "--full-index", base, tree], { ...own, most: 4 * bounded(limits) });
        const told = String(await git([...compared, "--name-status", "-z", base, tree], own)).matchAll(/([^\0]*)\0([^\0]*)\0/g);
        const files = [...told].map(([, how = "", path = ""]): ChangedFile => ({ change: changeOf[how] ?? "changed", path }));
        const diff = await asText(patch, gitDir).catch((error) => {
          if (error.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") throw limitCrossed("characters", limits, "A patch of more characters");
          throw error;
        });
        if (diff.length > limits.characters)
          throw limitCrossed("characters", limits, `A patch of ${diff.length.toLocaleString("en")} characters`);
        return { diff, files };
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

const bytewise = "* -text -filter -ident -working-tree-encoding !diff";
const changeOf: Readonly<Record<string, ChangedFile["change"]>> = { A: "added", D: "deleted" };
const bounded = ({ characters }: Limits): number => Math.min(characters, 250_000_000);

/** The files of a repository's folder: those it knows, and new ones that it does not ignore. */
async function filesOf(source: string, signal: AbortSignal): Promise<readonly string[]> {
  const listing = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"];
  const listed = await git(listing, { cwd: source, signal }).catch((cause) => {
    signal.throwIfAborted();
    if (cause instanceof TroupeError) throw cause;
    throw new TroupeError("REPOSITORY_INVALID", `There is no git repository here${cause.said ? `: ${cause.said}` : ""}`, {
      file: source,
      hint: existsSync(source) ? "Give the folder of a git repository: git init makes it one." : "There is no such folder: check the path.",
      cause,
    });
  });
  return String(listed).split("\0").filter(Boolean);
}

/** Copies one file; gives its bytes. What is not there any more, another repository, and a link that leads out are passed over. */
async function copied(source: string, folder: string, path: string): Promise<number> {
  const [from, to] = [join(source, path), join(folder, path)];
  const found = await lstat(from).catch(() => undefined);
  if (!found?.isFile() && !found?.isSymbolicLink()) return 0;
  await mkdir(dirname(to), { recursive: true });
  if (found.isFile()) {
    await copyFile(from, to);
    return found.size;
  }
  const target = await readlink(from);
  if (resolve(target) !== target && (await pathInside(source, from)) !== null) await symlink(target, to);
  return 0;
}

/** Every entry of a folder, links not followed. */
async function* entriesOf(
  folder: string,
): AsyncGenerator<{ readonly path: string; readonly name: string; readonly kind: "folder" | "link" | "file" }> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const kind = entry.isDirectory() ? "folder" : entry.isSymbolicLink() ? "link" : "file";
    yield { path, name: entry.name, kind };
    if (kind === "folder" && entry.name !== ".git") yield* entriesOf(path);
  }
}

/** Repositories that were made in the copy are folders like any other. */
async function forgetInnerRepositories(folder: string): Promise<void> {
  for await (const { path, name } of entriesOf(folder)) if (name === ".git") await rm(path, { recursive: true, force: true });
}

/** A link that leads out of the copy would lead out of wherever the patch is applied. */
async function noLinkOut(folder: string): Promise<void> {
  for await (const { path, kind } of entriesOf(folder)) {
    if (kind !== "link") continue;
    const target = await readlink(path);
    if (resolve(target) !== target && (await pathInside(folder, resolve(dirname(path), target))) !== null) continue;
    throw new TroupeError(
      "DIFF_INVALID",
      `A change makes a link that leads out of the repository: ${path.slice(folder.length + 1)} to ${target}`,
      {
        hint: "Nothing of it was taken. Look at who wrote it.",
      },
    );
  }
}

/** A patch as text: files that are no UTF-8 stand in it as bytes in letters. */
async function asText(patch: () => Promise<Buffer>, gitDir: string): Promise<string> {
  const decode = (bytes: Buffer) => new TextDecoder("utf8", { fatal: true, ignoreBOM: true }).decode(bytes);
  const first = await patch();
  try {
    return decode(first);
  } catch {
    await writeFile(join(gitDir, "info", "attributes"), `${bytewise.replace("!diff", "-diff")}\n`);
    return decode(await patch());
  }
}
