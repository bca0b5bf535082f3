/** What the functions of a conformance run did, in the order in which they did it. */
export type Entry = { fn: string; tag: string; what: string; at: number };

export type Trace = {
  note: (fn: string, tag: unknown, what: string) => string;
  of: (fn: string) => Entry[];
  /** what one run of a function did */
  story: (fn: string, tag: string) => string[];
};

export function createTrace(now: () => number): Trace {
  const entries: Entry[] = [];
  const of = (fn: string): Entry[] => entries.filter((entry) => entry.fn === fn);
  return {
    note: (fn, tag, what) => {
      entries.push({ fn, tag: String(tag), what, at: now() });
      return what;
    },
    of,
    story: (fn, tag) =>
      of(fn)
        .filter((entry) => entry.tag === tag)
        .map((entry) => entry.what),
  };
}
