const part = "[^\\s'\"`:*?<>|,;()\\[\\]{}/\\\\]+";
const path = new RegExp(`(?<![\\w.:/\\\\@~-])(?:file://)?(?:[a-z]:[\\\\/]|\\\\\\\\|/)(?:${part}[\\\\/])+(${part})?`, "gi");

/**
 * A text with the last name alone of each absolute path in it. Addresses of the web stay.
 * @example withoutPaths("open '/srv/app/orders/17.json' failed"); // "open '17.json' failed"
 */
export const withoutPaths = (text: string): string => text.replace(path, (_, last = "…") => last);
