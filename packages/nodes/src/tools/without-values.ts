import { literalsIn, type Part } from "@troupe/core";

/** A request, or a part of it, without what it speaks of: quotations, names, numbers, days, addresses and codes; what is asked for is left. */
export function withoutValues(request: string, { start, end }: Pick<Part, "start" | "end"> = { start: 0, end: request.length }): string {
  let open = "";
  let at = start;
  for (const one of literalsIn(request)) {
    if (one.start >= end) break;
    if (one.start >= at) open += `${request.slice(at, one.start)} `;
    at = Math.max(at, one.end);
  }
  return `${open}${request.slice(at, end)}`.replace(/["'“”«»\s]+/g, " ").trim();
}
