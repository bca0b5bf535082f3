import { describe, expect, it } from "vitest";
import { csvLine, withoutGuard } from "./write-csv.ts";

describe("a cell", () => {
  it.each([
    ["=1+1", "'=1+1"],
    ["x;=HYPERLINK(1)", `"x;'=HYPERLINK(1)"`],
    ["x\n=1+1", `"x\n'=1+1"`],
    ['x;"=1+1', `"x;""'=1+1"`],
    ["=1;+2;-3", `"'=1;'+2;'-3"`],
    ["e-mail, a=b; c", `"e-mail, a=b; c"`],
    ["a;b", `"a;b"`],
  ])("is no formula wherever a spreadsheet splits it: %j", (value, written) => {
    expect(csvLine([value])).toBe(`${written}\r\n`);
    const read = written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written;
    expect(withoutGuard(read)).toBe(value);
  });
});
