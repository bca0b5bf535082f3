/** A statement that came this often is worth a name. */
const OFTEN = 3;
/** A connection keeps what it named until it closes. Lists of changing length make ever new statements, most of which never come again. */
const MOST_NAMED = 500;
const MOST_COUNTED = 2_000;
/** What joins a longer list (a chunk of an import) is planned for that list. */
const SHORT_LIST = 50;

/**
 * Names the statements that come again and again: Postgres then parses and plans each once a connection instead of each time, which for
 * a row with many joins under row policies takes longer than reading it. "" leaves a statement without a name.
 */
export function createStatementNames(): (statement: { sql: string; args: readonly unknown[] }) => string {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  return ({ sql, args }) => {
    if (args.some((arg) => Array.isArray(arg) && arg.length > SHORT_LIST)) return "";
    const known = names.get(sql);
    if (known || names.size >= MOST_NAMED) return known ?? "";
    const count = (counts.get(sql) ?? 0) + 1;
    if (count < OFTEN) {
      if (counts.size >= MOST_COUNTED) counts.clear();
      counts.set(sql, count);
      return "";
    }
    counts.delete(sql);
    const name = `often-${names.size + 1}`;
    names.set(sql, name);
    return name;
  };
}
