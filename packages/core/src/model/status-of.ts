/** The HTTP status that an error of any client carries; NaN where it has none. */
export function statusOf(error: unknown): number {
  const { status, status_code, statusCode } = (error ?? {}) as Record<string, unknown>;
  return Number(status ?? status_code ?? statusCode);
}
