/**
 * Where eight dot products are written: of the rows at `one` and `two` with those at `b`, `c`, `d` and `e`. All are byte offsets; rows are
 * floats of 32 bits, as many as lie from `one` to `end`, in fours. The first row's four products go to `ones`, the second's to `twos`.
 */
export type Dots = (one: number, two: number, b: number, c: number, d: number, e: number, end: number, ones: number, twos: number) => void;

const params = { one: 0, two: 1, b: 2, c: 3, d: 4, e: 5, end: 6, ones: 7, twos: 8 };
const sums = { ones: [9, 10, 11, 12], twos: [13, 14, 15, 16] } as const;
const columns = [params.b, params.c, params.d, params.e] as const;
const four = [0, 1, 2, 3] as const;
const [left, right, column] = [17, 18, 19];
const locals = 11;
/** Bytes that a step of four floats takes. */
const step = 16;

// WebAssembly's instructions, by the names of its specification.
const [i32, v128, nothing] = [0x7f, 0x7b, 0x40];
const end = 0x0b;
const add32 = 0x6a;
const addFloats = 0x92;
const less = 0x49;
const again = [0x0d, 0];
const loop = [0x03, nothing];
const constant = (n: number) => [0x41, n];
const store = (offset: number) => [0x38, 2, offset];
const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const lanes = (op: number, ...rest: number[]) => [0xfd, ...leb(op), ...rest];
const load = lanes(0x00, 0, 0);
const multiplied = lanes(0xe6);
const added = lanes(0xe4);
const lane = (n: number) => lanes(0x1f, n);

const plus = (sum: number, row: number) => [...get(sum), ...get(row), ...get(column), ...multiplied, ...added, ...set(sum)];
const stored = (to: number) => (sum: number, i: number) => [
  ...get(to),
  ...four.flatMap((n) => [...get(sum), ...lane(n), ...(n ? [addFloats] : [])]),
  ...store(4 * i),
];
const code = () => [
  ...[1, locals, v128],
  ...loop,
  ...[...get(params.one), ...load, ...set(left), ...get(params.two), ...load, ...set(right)],
  ...four.flatMap((i) => [...[...get(columns[i]), ...load, ...set(column)], ...plus(sums.ones[i], left), ...plus(sums.twos[i], right)]),
  ...[params.one, params.two, ...columns].flatMap((row) => [...get(row), ...constant(step), add32, ...set(row)]),
  ...[...get(params.one), ...get(params.end), less, ...again],
  end,
  ...sums.ones.flatMap(stored(params.ones)),
  ...sums.twos.flatMap(stored(params.twos)),
  end,
];

const section = (id: number, content: readonly number[]) => [id, ...sized(content)];
const named = (name: string) => sized([...new TextEncoder().encode(name)]);
const memory = 2;
const parameters = Object.keys(params).length;
const program = () =>
  Uint8Array.from([
    ...[0, ...new TextEncoder().encode("asm"), 1, 0, 0, 0],
    ...section(1, [1, 0x60, parameters, ...Array<number>(parameters).fill(i32), 0]),
    ...section(2, [1, ...named("rows"), ...named("memory"), memory, 0, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...named("dots"), 0, 0]),
    ...section(10, [1, ...sized(code())]),
  ]);

/** A number as WebAssembly writes it, seven bits a byte (LEB128). */
function leb(n: number): number[] {
  return n < 0x80 ? [n] : [(n & 0x7f) | 0x80, ...leb(n >>> 7)];
}

function sized(content: readonly number[]): number[] {
  return [...leb(content.length), ...content];
}

/** What of the global of that name is used, which the types of Node leave out. */
interface Runtime {
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (program: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
}

/** What WebAssembly calls a page of memory, in bytes. */
const page = 65_536;

/**
 * A memory of so many bytes, and dot products over it, four numbers at a time. A head of 76 labels with 20 examples each takes 3.7 s of the
 * processor to train with it, 11.9 s with the same blocks of rows in JavaScript, 28 s with a plain loop (November 2026, one x64 core).
 */
export function dotsOver(bytes: number): { readonly buffer: ArrayBuffer; readonly dots: Dots } {
  const { Memory, Module, Instance } = (globalThis as unknown as { readonly WebAssembly: Runtime }).WebAssembly;
  const rows = new Memory({ initial: Math.ceil(bytes / page) });
  const { exports } = new Instance(new Module(program()), { rows: { memory: rows } });
  return { buffer: rows.buffer, dots: exports.dots as Dots };
}
