import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile, equality, evaluate, isTrue, keyValue, patternsOf, valueAt } from "./expressions.ts";

const event = { name: "a/b", data: { n: 5, s: "x", list: [1, 2, 3], none: null, yes: true, "odd-key": 1 } };

describe("expressions", () => {
  it.each([
    ["event.data.n == 5", true],
    ["event.data.n + 1 == 6 && event.data.n % 2 == 1", true],
    ["event.data.n * 2 > 9 && event.data.n / 2 == 2.5 && event.data.n - 1 == 4", true],
    ["event.data.s + 1 == 'x1' && event.data.n + '-' == '5-'", true],
    ["event.data['odd-key'] == 1", true],
    ["event.data.list.exists(v, v == 2)", true],
    ["event.name.startsWith('a/')", true],
    ["event.data.n == '5'", false],
    // what is missing is null, at any depth
    ["event.data.gone == null", true],
    ["event.data.gone.deep == null", true],
    ["event.data.gone != 'x'", true],
    ["event.data.gone == 'x'", false],
    ["has(event.data.gone)", false],
    ["has(event.data.n)", true],
    // what cannot be said is not true
    ["event.data.s > 3", false],
    ["event.data.gone < 3", false],
    ["event.data.n", false],
  ])("%s is %s", (expression, expected) => {
    expect(isTrue(expression, { event })).toBe(expected);
  });

  it("makes keys of values, alike only for alike values", () => {
    expect(keyValue("event.data.n", { event })).toBe("5");
    expect(keyValue("event.data.s + ':' + string(event.data.n)", { event })).toBe('"x:5"');
    expect(keyValue("event.data.gone", { event })).toBe("null");
    expect(keyValue("[event.data.s, event.data.n]", { event })).toBe('["x",5]');
    expect(evaluate("event.data.yes ? 100 : 0", { event })).toBe(100);
  });

  it("says what it cannot read", () => {
    expect(() => compile("event.data.n ==")).toThrow();
  });

  it("never changes the event that it reads", () => {
    const frozen = structuredClone(event);
    isTrue("event.data.gone.deep == null || async.data.x == null", { event: frozen, async: undefined });
    expect(frozen).toEqual(event);
  });
});

describe("a plain equality with the coming event", () => {
  it.each([
    ["event.data.n == async.data.id", ["data", "id"], "5"],
    ["async.data.id == 'x' && async.data.kind != 'y'", ["data", "id"], '"x"'],
    ["async.data.kind != 'y' && event.data.s + '!' == async.data['odd-key']", ["data", "odd-key"], '"x!"'],
  ])("is found in %s", (expression, path, value) => {
    expect(equality(expression, { event })).toEqual({ path, value });
  });
  it.each([
    "async.data.id == 'x' || async.data.n == 1",
    "async.data.id != 'x'",
    "async.data.id == async.data.n",
    "async.data.id == event.data.gone",
  ])("is not claimed for %s", (expression) => {
    expect(equality(expression, { event })).toBeNull();
  });

  it("never keeps out an event that the whole expression lets in", () => {
    const scalar = fc.oneof(
      fc.integer({ min: 0, max: 3 }),
      fc.constantFrom("a", "b"),
      fc.boolean(),
      fc.constant(null),
      fc.constant(undefined),
    );
    const expression = fc.constantFrom(
      "event.data.id == async.data.id",
      "async.data.id == event.data.id && async.data.n == 1",
      "async.data.n == 1 && async.data.id == 'a'",
    );
    fc.assert(
      fc.property(expression, scalar, scalar, scalar, (text, mine, id, n) => {
        const scope = { event: { data: { id: mine } }, async: { data: { id, n } } };
        const must = equality(text, scope);
        if (must && isTrue(text, scope)) expect(valueAt(scope.async, must.path)).toBe(must.value);
      }),
    );
  });
});

describe("patterns", () => {
  it("are Inngest's", () => {
    expect(patternsOf("shop/order.paid.late")).toEqual(["shop/order.paid.late", "shop/*", "shop/order.*", "shop/order.paid.*"]);
    expect(patternsOf("plain")).toEqual(["plain"]);
  });
});
