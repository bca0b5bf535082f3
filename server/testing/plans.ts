import pg from "pg";

/** A scan that reads a large table as no index was meant to. */
export type BadScan = { table: string; why: string };

export type PlanNode = {
  "Node Type": string;
  "Relation Name"?: string;
  "Rows Removed by Filter"?: number;
  "Actual Loops"?: number;
  "Actual Rows"?: number;
  "Index Name"?: string;
  "Shared Hit Blocks"?: number;
  "Shared Read Blocks"?: number;
  Filter?: string;
  Plans?: PlanNode[];
};

/** So many rows thrown away are a filter where an index condition was meant. */
const MOST_THROWN_AWAY = 5_000;
const LARGE_ROWS = 20_000;

/** Tables and partitions with so many rows that reading one from end to end is a mistake. */
export async function readLargeTables(client: pg.Client): Promise<Set<string>> {
  const { rows } = await client.query<{ name: string }>(
    "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and reltuples > $1",
    [LARGE_ROWS],
  );
  return new Set(rows.map((row) => row.name));
}

export function badScans(node: PlanNode, large: ReadonlySet<string>): BadScan[] {
  const table = node["Relation Name"] ?? "";
  const below = (node.Plans ?? []).flatMap((each) => badScans(each, large));
  if (!large.has(table)) return below;
  const removed = (node["Rows Removed by Filter"] ?? 0) * (node["Actual Loops"] ?? 1);
  const read = removed + (node["Actual Rows"] ?? 0) * (node["Actual Loops"] ?? 1);
  if (node["Node Type"] === "Seq Scan" && read > MOST_THROWN_AWAY) return [...below, { table, why: "is read from end to end" }];
  return removed > MOST_THROWN_AWAY
    ? [...below, { table, why: `throws ${removed} rows away behind ${node["Index Name"] ?? "a scan"}: ${node.Filter ?? ""}` }]
    : below;
}

type Heard = { text: string; values: unknown[]; settings: unknown[] };

/** Hears every query of this process, with the role and the workspace that it was asked under. */
export function hearQueries(): { heard: Heard[]; stop: () => void } {
  const heard: Heard[] = [];
  const settings = new WeakMap<pg.Client, unknown[]>();
  const query = pg.Client.prototype.query;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const config = args[0] as { text?: string; values?: unknown[] } | string;
    const text = typeof config === "string" ? config : (config?.text ?? "");
    const values = (typeof config === "string" ? (args[1] as unknown[]) : config?.values) ?? [];
    if (/set_config\('role'/.test(text)) settings.set(this, Array.isArray(values) ? values : []);
    else if (/^\s*(select|with)\b/i.test(text) && settings.has(this))
      heard.push({ text, values: Array.isArray(values) ? values : [], settings: settings.get(this) ?? [] });
    return Reflect.apply(query, this, args) as never;
  } as typeof query;
  return {
    heard,
    stop: () => {
      pg.Client.prototype.query = query;
    },
  };
}

/** The plan of what was heard, run again as the same role in the same workspace. */
export async function planOf(client: pg.Client, { text, values, settings }: Heard): Promise<PlanNode> {
  const [role, workspaceId, viewerId] = settings as string[];
  await client.query("begin read only");
  try {
    await client.query(
      "select set_config('role', $1, true), set_config('app.workspace_id', $2, true), set_config('app.viewer_id', $3, true)",
      [role, workspaceId, viewerId ?? ""],
    );
    const { rows } = await client.query<{ "QUERY PLAN": { Plan: PlanNode }[] }>(
      `explain (analyze, buffers, timing off, format json) ${text}`,
      values,
    );
    const plan = rows[0]?.["QUERY PLAN"][0]?.Plan;
    if (!plan) throw new Error("no plan");
    return plan;
  } finally {
    await client.query("rollback");
  }
}
