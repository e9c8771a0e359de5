const minute = 60_000;

/**
 * Milliseconds that a server may say nothing, before its first byte or between two, until it is taken for gone. A provider's own streams
 * as it writes, and what thinks first rarely thinks for long; Node's `fetch` gives up after five minutes in words that tell nobody who was
 * silent. Any other server, Ollama too, may be loading weights, or reading a long prompt on a processor: 8,000 tokens at 5 a second take
 * 27 minutes. The packages' own bound, where they have one, is 10 minutes to the first byte, and none after that.
 */
export const silence = { hosted: 4.5 * minute, other: 30 * minute } as const;
