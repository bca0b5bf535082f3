import { describe, expect, it } from "vitest";
import { createStatementNames } from "./statement-names.ts";

const asked = (sql: string, args: unknown[] = []) => ({ sql, args });

describe("names of statements", () => {
  it("come with the third time, one a statement, and stay", () => {
    const nameOf = createStatementNames();
    const [first, second] = [asked("select 1"), asked("select 2")];
    expect([nameOf(first), nameOf(first)]).toEqual(["", ""]);
    const name = nameOf(first);
    expect(name).not.toBe("");
    for (let i = 0; i < 3; i++) nameOf(second);
    expect(nameOf(second)).not.toBe(name);
    expect(nameOf(first)).toBe(name);
  });

  it("are not given to one with a long list", () => {
    const nameOf = createStatementNames();
    const withList = (length: number) => asked("select any($1)", [Array.from({ length }, () => "id")]);
    for (let i = 0; i < 5; i++) expect(nameOf(withList(51))).toBe("");
    for (let i = 0; i < 3; i++) nameOf(withList(50));
    expect([nameOf(withList(50)), nameOf(withList(51))]).toEqual(["often-1", ""]);
  });

  it("do not grow without end, whatever comes", () => {
    const nameOf = createStatementNames();
    const names = new Set<string>();
    for (let n = 0; n < 5_000; n++) for (let i = 0; i < 3; i++) names.add(nameOf(asked(`select ${n}`)));
    names.delete("");
    expect(names.size).toBe(500);
  });
});
