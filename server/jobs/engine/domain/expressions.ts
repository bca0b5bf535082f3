import { type ASTNode, Environment } from "@marcbachmann/cel-js";

/**
 * The expressions of functions (CEL): triggers and waits ask whether one is true, limits ask for its value. `event` is the
 * event that started a run, `async` the one that has just come. As with Inngest, what an event does not have is null.
 */
export type Scope = { event: unknown; async?: unknown };

type Path = readonly string[];
type Compiled = {
  evaluate: (scope: Scope) => unknown;
  /** what it reads of an event, so that what is missing can be null instead of an error */
  paths: readonly Path[];
  ast: ASTNode;
};

const MOST_KEPT = 2_000;
const kept = new Map<string, Compiled>();
const environment = withMixedArithmetic(new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false }));

/** @throws when it cannot be read; functions are refused with that at registration */
export function compile(expression: string): Compiled {
  const known = kept.get(expression);
  if (known) return known;
  const parsed = environment.parse(expression);
  const asked = new Set(inHas(parsed.ast).map((path) => path.join("\0")));
  const compiled = {
    evaluate: parsed,
    paths: readsOf(parsed.ast).filter((path) => !asked.has(path.join("\0"))),
    ast: parsed.ast,
  };
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(expression, compiled);
  return compiled;
}

/** Anything but a plain true is no match, an error too. */
export function isTrue(expression: string, scope: Scope): boolean {
  return evaluate(expression, scope) === true;
}

/** Runs whose value is the same share what the key is for. An expression that cannot be evaluated is a key of its own. */
export function keyValue(expression: string, scope: Scope): string {
  return JSON.stringify(evaluate(expression, scope) ?? null);
}

export function evaluate(expression: string, scope: Scope): unknown {
  try {
    const { evaluate: run, paths } = compile(expression);
    return plain(run(paths.reduce(withNullAt, scope)));
  } catch {
    return undefined;
  }
}

/**
 * What the coming event must hold for a wait to end, when the expression says so plainly (`async.data.id == …`): then
 * waits can be looked up instead of being asked one by one. Null: only the whole expression can tell.
 */
export function equality(expression: string, scope: Scope): { path: Path; value: string } | null {
  for (const node of conjunction(compile(expression).ast)) {
    if (node.op !== "==") continue;
    const [left, right] = node.args;
    for (const [side, other] of [
      [left, right],
      [right, left],
    ] as const) {
      const path = pathOf(side);
      if (path?.[0] !== "async" || path.length < 2 || readsOf(other).some(([root]) => root !== "event")) continue;
      const value = evaluate(expression.slice(other.start, other.end), { event: scope.event });
      if (value !== undefined && value !== null && typeof value !== "object") return { path: path.slice(1), value: JSON.stringify(value) };
    }
  }
  return null;
}

/** What an event has at a place; null when it has nothing there. */
export function valueAt(event: unknown, path: Path): string {
  let value = event;
  for (const part of path) value = typeof value === "object" && value !== null ? Reflect.get(value, part) : undefined;
  return JSON.stringify(plain(value) ?? null);
}

/** Inngest's patterns: `shop/*`, `shop/order.*`. The event's own name is the first. */
export function patternsOf(eventName: string): string[] {
  const upTo = (separator: string): string[] => {
    const parts = eventName.split(separator);
    return parts.slice(0, -1).map((_, index) => `${parts.slice(0, index + 1).join(separator)}${separator}*`);
  };
  return [eventName, ...upTo("/"), ...upTo(".")];
}

function conjunction(node: ASTNode): ASTNode[] {
  return node.op === "&&" ? node.args.flatMap(conjunction) : [node];
}

function pathOf(node: ASTNode): Path | null {
  if (node.op === "id") return [node.args];
  if (node.op === ".") return extend(pathOf(node.args[0]), node.args[1]);
  if (node.op === "[]" && node.args[1].op === "value" && typeof node.args[1].args === "string") {
    return extend(pathOf(node.args[0]), node.args[1].args);
  }
  return null;
}

function extend(path: Path | null, part: string): Path | null {
  return path && [...path, part];
}

function readsOf(node: ASTNode): Path[] {
  const path = pathOf(node);
  if (path) return path[0] === "event" || path[0] === "async" ? [path] : [];
  return childrenOf(node).flatMap(readsOf);
}

/** `has(x)` asks whether there is an x: that must stay an answerable question. */
function inHas(node: ASTNode): Path[] {
  if (node.op === "call" && node.args[0] === "has") return node.args[1].flatMap(readsOf);
  return childrenOf(node).flatMap(inHas);
}

function childrenOf(node: ASTNode): ASTNode[] {
  return Array.isArray(node.args) ? node.args.flat(2).filter(isNode) : isNode(node.args) ? [node.args] : [];
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === "object" && value !== null && "op" in value && "args" in value;
}

function withNullAt<T>(holder: T, path: Path): T {
  const [first, ...rest] = path;
  if (first === undefined || (holder !== null && holder !== undefined && typeof holder !== "object")) return holder;
  const inner: unknown = holder && Reflect.get(holder, first);
  if (rest.length === 0 && inner !== undefined) return holder;
  const filled = rest.length === 0 ? null : withNullAt(inner, rest);
  if (filled === inner) return holder;
  return { ...holder, [first]: filled } as T;
}

/** CEL counts in 64-bit integers; JSON does not. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  return Array.isArray(value) ? value.map(plain) : value;
}

/** A number out of JSON is a double and one in an expression an integer: CEL would not add the two. */
function withMixedArithmetic(env: Environment): Environment {
  const operators: [string, (a: unknown, b: unknown) => number][] = [
    ["+", (a, b) => Number(a) + Number(b)],
    ["-", (a, b) => Number(a) - Number(b)],
    ["*", (a, b) => Number(a) * Number(b)],
    ["/", (a, b) => Number(a) / Number(b)],
    ["%", (a, b) => Number(a) % Number(b)],
  ];
  for (const [sign, work] of operators) {
    env.registerOperator(`double ${sign} int`, work).registerOperator(`int ${sign} double`, work);
  }
  env.registerOperator("double % double", (a: number, b: number) => a % b);
  for (const kind of ["double", "int"]) {
    env.registerOperator(`${kind} + string`, (a: unknown, b: unknown) => `${a}${b}`);
    env.registerOperator(`string + ${kind}`, (a: unknown, b: unknown) => `${a}${b}`);
  }
  return env;
}
