/** Words that speak of an order, or of something that stands before: what they mean is often not what comes first to mind. */
const turns =
  /(?<!\p{L})(?:then|after|afterwards|once|when done|it|that|this|those|them|its|result|remain\p{L}*|left|get|what (?:you|comes)|first|resulting|danach|dann|daraus|davon|ergebnis|erst|anschließend|diese[nrms]?|dessen|luego|después|resultado|eso|esa|ese|primero)(?!\p{L})/giu;

/** How many words of a request speak of an order, or of something before them. */
export const turnsIn = (request: string): number => request.match(turns)?.length ?? 0;
