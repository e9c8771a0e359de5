// Runs a captioner's graphs in a thread of its own, since onnxruntime's Node binding computes in the thread that asks. What the images and
// the rows have left is kept here, from one step to the next.
import { parentPort, workerData } from "node:worker_threads";

const { encoder, decoder, layers, heads, size, side, threads } = workerData;
const parts = Array.from({ length: layers }, (_, i) => [`${i}.key`, `${i}.value`]).flat();

const { InferenceSession, Tensor } = await import("onnxruntime-node");
const whole = (numbers, dims) => new Tensor("int64", BigInt64Array.from(numbers, BigInt), dims);
// Threads that wait let others have the processors.
const options = { intraOpNumThreads: threads, extra: { session: { intra_op: { allow_spinning: "0" } } } };
let sessions;
let seen;
let past;

const does = {
  async load() {
    sessions = [await InferenceSession.create(encoder, options), await InferenceSession.create(decoder, options)];
  },
  async see({ pixels }) {
    past = undefined;
    const images = pixels.length / (3 * side * side);
    seen = await sessions[0].run({ pixels: new Tensor("float32", pixels, [images, 3, side, side]) });
  },
  async next({ ids, order }) {
    const rows = ids.length;
    const nothing = () => new Tensor("float32", new Float32Array(0), [1, heads, 0, size]);
    const before = parts.map((part) => [`past.${part}`, past?.[`present.${part}`] ?? nothing()]);
    const made = await sessions[1].run({
      ids: whole(ids.flat(), [rows, ids[0].length]),
      order: whole(past ? order : order.map(() => 0), [rows]),
      ...Object.fromEntries(before),
      ...seen,
    });
    past = made;
    return made.logits.data;
  },
  async rest() {
    seen = past = undefined;
  },
  async release() {
    await Promise.all((sessions ?? []).map((session) => session.release()));
    sessions = undefined;
  },
};

parentPort.on("message", ({ asks, ...request }) => {
  does[asks](request).then(
    (answer) => parentPort.postMessage({ answer }),
    (error) => parentPort.postMessage({ failed: error.message }),
  );
});
