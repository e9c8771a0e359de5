/** A server's URL that can be told to anyone, and what it is asked with beside. */
export interface Address {
  /** Host and path, without a slash at the end. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Takes name and password out of a URL and makes a header of them. Query and fragment are left out. */
export function addressOf({ protocol, host, pathname, username, password }: URL): Address {
  const url = `${protocol}//${host}${pathname}`.replace(/\/+$/, "");
  if (!username && !password) return { url, headers: {} };
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { url, headers: { authorization: `Basic ${Buffer.from(pair).toString("base64")}` } };
}
