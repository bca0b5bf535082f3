import { pipeline, Readable, Transform } from "node:stream";
import { CsvError, parse } from "csv-parse";
import iconv from "iconv-lite";
import { AppError } from "#server/core/errors.ts";
import type { FileShape } from "../schema.ts";

export type FileRecord = { cells: string[] /** where the next record begins, in bytes of the decoded text */; end: number };

/** A cell of a spreadsheet holds 32,767 characters at most; a record beyond this is a quote that was never closed. */
const MAX_RECORD_BYTES = 2 * 1024 * 1024;

/**
 * The records of a file as they stream in, from a byte of its decoded text on (where an earlier run ended).
 * Memory holds one buffer and one record, whatever the size of the file.
 */
export async function* readRecords(
  source: AsyncIterable<Uint8Array>,
  shape: Pick<FileShape, "encoding" | "delimiter">,
  from: number,
): AsyncGenerator<FileRecord> {
  const text =
    shape.encoding === "utf-8"
      ? Readable.from(withoutBom(source))
      : // What fails on the way ends the last of them, whose reader is told.
        pipeline(Readable.from(source), iconv.decodeStream(shape.encoding, { stripBOM: true }), toBytes(), () => undefined);
  const parser = parse({
    delimiter: shape.delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_BYTES,
    // The types know only records that stay arrays; the parser passes on whatever this returns.
    on_record: (cells: string[], context) => ({ cells, end: from + context.bytes }) as unknown as string[],
  });
  const input = Readable.from(skipBytes(text, from));
  input.on("error", (error) => parser.destroy(error));
  input.pipe(parser);
  try {
    for await (const record of parser as unknown as AsyncIterable<FileRecord>) yield record;
  } catch (cause) {
    // The disk that fails is not the file's fault: that is tried again.
    if (!(cause instanceof CsvError)) throw cause;
    const { lines: line } = cause as { lines?: number };
    throw new AppError(
      "INVALID_INPUT",
      `The file cannot be read${line ? ` near line ${line}` : ""}: a quotation mark is opened and never closed.`,
      { cause },
    );
  } finally {
    input.destroy();
    parser.destroy();
  }
}

async function* withoutBom(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const chunk of source) {
    const hasBom = isFirst && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
    isFirst = false;
    yield hasBom ? chunk.subarray(3) : chunk;
  }
}

async function* skipBytes(source: AsyncIterable<Uint8Array | string>, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const given of source) {
    const chunk = typeof given === "string" ? Buffer.from(given) : given;
    if (left >= chunk.byteLength) left -= chunk.byteLength;
    else {
      yield left > 0 ? chunk.subarray(left) : chunk;
      left = 0;
    }
  }
}

function toBytes(): Transform {
  return new Transform({ decodeStrings: false, transform: (chunk: string, _encoding, done) => done(null, Buffer.from(chunk)) });
}
