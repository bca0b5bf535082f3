/** Takes exact amounts out of a stream, holding no more than one chunk beside what was asked for. */
export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #held: Buffer = Buffer.alloc(0);
  #isDone = false;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Null when the stream ends before. */
  async read(bytes: number): Promise<Buffer | null> {
    while (this.#held.length < bytes) if (!(await this.#more())) return null;
    const taken = this.#held.subarray(0, bytes);
    this.#held = this.#held.subarray(bytes);
    return taken;
  }

  /** Up to the next line feed, without it; null when there is none within `most` bytes. */
  async line(most: number): Promise<string | null> {
    for (;;) {
      const at = this.#held.indexOf(10);
      if (at >= 0) {
        const line = this.#held.subarray(0, at).toString("utf8");
        this.#held = this.#held.subarray(at + 1);
        return line;
      }
      if (this.#held.length > most || !(await this.#more())) return null;
    }
  }

  async isAtEnd(): Promise<boolean> {
    return this.#held.length === 0 && !(await this.#more());
  }

  async #more(): Promise<boolean> {
    if (this.#isDone) return false;
    const next = await this.#source.next();
    if (next.done) {
      this.#isDone = true;
      return false;
    }
    this.#held = this.#held.length === 0 ? Buffer.from(next.value) : Buffer.concat([this.#held, next.value]);
    return this.#held.length > 0 || this.#more();
  }
}
