import { createRequire } from "node:module";
import { TroupeError } from "@troupe/core";
import manifest from "../package.json" with { type: "json" };

const { peerDependencies, peerDependenciesMeta } = manifest;

/** A package that is installed only where it is wanted. */
export type Peer = keyof typeof peerDependenciesMeta;

/** The optional packages: what runs models, and what speaks to those who do. */
export const peers = Object.keys(peerDependenciesMeta) as readonly Peer[];

/**
 * What to type to have some of them, in the versions that were tried.
 *
 * @example
 * installCommand("tesseract.js"); // npm install "tesseract.js@^7.0.0"
 */
export const installCommand = (...names: readonly Peer[]): string =>
  `npm install ${names.map((name) => `"${name}@${peerDependencies[name]}"`).join(" ")}`;

/**
 * Whether one of them is installed.
 *
 * @example
 * if (!isInstalled("tesseract.js")) console.log(installCommand("tesseract.js"));
 */
export function isInstalled(name: Peer): boolean {
  try {
    createRequire(import.meta.url).resolve(`${name}/package.json`);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "ERR_PACKAGE_PATH_NOT_EXPORTED";
  }
}

/** Before anything is fetched or read for some of them. Throws PACKAGE_MISSING, with all that are missing. */
export function needs(...names: readonly Peer[]): void {
  const [first, ...more] = names.filter((name) => !isInstalled(name));
  if (first) throw packageMissing([first, ...more]);
}

export const packageMissing = (names: readonly [Peer, ...Peer[]]): TroupeError =>
  new TroupeError("PACKAGE_MISSING", `This needs the package ${names[0]}, which is not installed`, {
    hint: installCommand(...names),
  });
