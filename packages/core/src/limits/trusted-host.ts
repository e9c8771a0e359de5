import type { Trust } from "./trust.js";

/**
 * How a URL's host is trusted: `named` (whatever its address), `public` (by `*`: only where its address is a public one), or not at all.
 */
export function trustedHost(url: URL, { hosts }: Pick<Trust, "hosts">): "named" | "public" | undefined {
  const host = url.hostname.replace(/\.$/, "");
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  const fitting = hosts.filter((one) => {
    const [, name, ofPort] = /^(.*?)(?::(\d+))?$/.exec(one)!;
    if (ofPort !== undefined && ofPort !== port) return false;
    return name === "*" || name === host || (name!.startsWith("*.") && host.endsWith(name!.slice(1)));
  });
  if (fitting.some((one) => !/^\*(:|$)/.test(one))) return "named";
  return fitting.length ? "public" : undefined;
}
