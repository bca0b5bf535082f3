import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPersonName } from "./person-name.ts";

describe("readPersonName", () => {
  it.each([
    ["NADIA ROSSI", "Nadia Rossi", "Nadia", "Rossi"],
    ["nadia rossi", "Nadia Rossi", "Nadia", "Rossi"],
    ["Dr. Nadia Rossi", "Nadia Rossi", "Nadia", "Rossi"],
    ["Prof. Dr. LEA BRANDT", "Lea Brandt", "Lea", "Brandt"],
    ["Dott.ssa Nadia Rossi", "Nadia Rossi", "Nadia", "Rossi"],
    ["Rossi, Nadia", "Nadia Rossi", "Nadia", "Rossi"],
    ["Nadia Rossi, MBA", "Nadia Rossi", "Nadia", "Rossi"],
    ["Nadia Rossi PhD", "Nadia Rossi", "Nadia", "Rossi"],
    ["MARIA DE LA CRUZ", "Maria de la Cruz", "Maria", "de la Cruz"],
    ["ANNA-LENA O'BRIEN", "Anna-Lena O'Brien", "Anna-Lena", "O'Brien"],
    ["SEAN MCCARTHY", "Sean McCarthy", "Sean", "McCarthy"],
    ["Ludwig van Beethoven", "Ludwig van Beethoven", "Ludwig", "van Beethoven"],
    ["DeShawn LeBron", "DeShawn LeBron", "DeShawn", "LeBron"],
    ["Nadia 🚀 Rossi (she/her)", "Nadia Rossi", "Nadia", "Rossi"],
    ["Nadia Rossi nadia@norvale.example", "Nadia Rossi", "Nadia", "Rossi"],
    ["Don Draper", "Don Draper", "Don", "Draper"],
    ["HON LEE", "Hon Lee", "Hon", "Lee"],
    ["Don Carlos Perez", "Carlos Perez", "Carlos", "Perez"],
    ["Cher", "Cher", "Cher", null],
    ["Li Ma", "Li Ma", "Li", "Ma"],
    ["LI MA", "Li Ma", "Li", "Ma"],
    ["Nadia Rossi MA", "Nadia Rossi", "Nadia", "Rossi"],
    ["J. R. SMITH", "J. R. Smith", "J.", "Smith"],
    ["محمد علي", "محمد علي", "محمد", "علي"],
    ["王 伟", "王 伟", "王", "伟"],
    ["ŁUKASZ ŻÓŁTY", "Łukasz Żółty", "Łukasz", "Żółty"],
  ])("writes %s as %s", (full, fullName, firstName, lastName) =>
    expect(readPersonName({ full })).toEqual({ fullName, firstName, lastName }),
  );

  it("takes an address for no name", () => {
    expect(readPersonName({ full: "office@clyde.example" })).toBeNull();
  });

  it("prefers the two columns when a file has them", () => {
    expect(readPersonName({ full: "Rossi N.", first: "NADIA", last: "ROSSI" })).toEqual({
      fullName: "Nadia Rossi",
      firstName: "Nadia",
      lastName: "Rossi",
    });
    expect(readPersonName({ first: "nadia", last: "" })).toEqual({ fullName: "Nadia", firstName: "Nadia", lastName: null });
  });

  it("has no name where none is given", () => {
    for (const full of ["", "  ", "-", "123", "🚀"]) expect(readPersonName({ full })).toBeNull();
  });

  it("settles: a name it wrote stays as it is", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("NADIA", "rossi", "de", "Dr.", "McKay", "o'brien", "LEA", "Jr"), { minLength: 1, maxLength: 5 }),
        (parts) => {
          const once = readPersonName({ full: parts.join(" ") });
          if (once) expect(readPersonName({ full: once.fullName })?.fullName).toBe(once.fullName);
        },
      ),
    );
  });
});
