/** A stream of what a generator gives, which is left when the stream is. Not every browser has `ReadableStream.from`. */
export function streamOf<T>(given: AsyncGenerator<T>): ReadableStream<T> {
  return new ReadableStream<T>({
    async pull(stream) {
      const { done, value } = await given.next();
      if (done) stream.close();
      else stream.enqueue(value);
    },
    async cancel(reason) {
      await given.return(reason);
    },
  });
}
