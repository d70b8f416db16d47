/** An answer in bytes, made while it is sent. Iterating it begins the work; leaving it early ends it. */
export class StreamedAnswer {
  constructor(
    readonly body: AsyncIterable<Uint8Array>,
    readonly headers: Record<string, string>,
  ) {}

  /** `onLeave` is called where the client goes before the end. */
  toResponse(onLeave: () => void = () => {}): Response {
    const iterator = this.body[Symbol.asyncIterator]();
    const stream = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const { done, value } = await iterator.next();
          if (done === true) controller.close();
          else controller.enqueue(value);
        },
        async cancel() {
          // A generator that waits for its next value ends only by the signal; `return` alone would wait with it.
          onLeave();
          await iterator.return?.();
        },
      },
      { highWaterMark: 0 },
    );
    return new Response(stream, { headers: { "Cache-Control": "no-store", ...this.headers } });
  }
}
