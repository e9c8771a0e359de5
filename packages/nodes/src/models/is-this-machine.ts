import { BlockList, isIP } from "node:net";

/** Loopback, and what "no address" reaches when it is connected to. IPv4 addresses written as IPv6 count as what they are. */
const here = new BlockList();
here.addSubnet("127.0.0.0", 8, "ipv4");
here.addAddress("0.0.0.0", "ipv4");
here.addAddress("::1", "ipv6");
here.addAddress("::", "ipv6");

/** Whether a URL leads to this machine, by the address that it names; of names only `localhost` does. */
export function isThisMachine(url: string): boolean {
  // What URL gives is written one way: numbers of any base as four bytes, IPv6 in brackets.
  const host = new URL(url).hostname.replace(/^\[|\]$/g, "");
  const family = isIP(host);
  return family === 0 ? host === "localhost" : here.check(host, family === 6 ? "ipv6" : "ipv4");
}
