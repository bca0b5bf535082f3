/** A table that is asked with words from outside. "constructor", which every plain object knows, is in it only when it was written there. */
export function lookup<Value>(entries: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.assign(Object.create(null), entries);
}
