/** The HTTP status that an error of any client carries, or that a server told in a stream that began well, as its error's code; NaN where it has none. */
export function statusOf(error: unknown): number {
  const { status, status_code, statusCode, code, error: told } = Object(error) as Record<string, unknown>;
  const codes = [code, Object(told).code].filter(isFailure);
  return [status, status_code, statusCode, ...codes].map((one) => Number(one ?? Number.NaN)).find((one) => one >= 0) ?? Number.NaN;
}

const isFailure = (code: unknown): boolean => /^[45]\d\d$/.test(String(code));
