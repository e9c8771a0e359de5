/** Whether a JSON text closes all that it opens; one that does not is half of one, however well it can be read. */
export function isClosed(text: string): boolean {
  let open = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted && c === "\\") i++;
    else if (c === '"') quoted = !quoted;
    else if (!quoted && (c === "{" || c === "[")) open++;
    else if (!quoted && (c === "}" || c === "]")) open--;
  }
  return open === 0 && !quoted;
}
