import { describe, expect, it } from "vitest";
import { awayUntil, laterOn } from "./until-date.ts";

const isWorkingDay = (on: string) =>
  ![0, 6].includes(new Date(`${on}T00:00:00Z`).getUTCDay()) && !["2026-05-01", "2026-01-01", "2026-01-06"].includes(on);

describe("awayUntil", () => {
  it.each([
    ["Ich bin bis einschließlich 9. März nicht im Büro.", "2026-03-09", "2026-03-10"],
    ["I am out of the office until the 9th", "2026-03-09", "2026-03-10"],
    ["I will be back on 9 March", "2026-03-08", "2026-03-09"],
    ["on leave from 2 to 9 March 2026, back on Tuesday 10 March", "2026-03-09", "2026-03-10"],
    ["I'm away until Monday, March 9th.", "2026-03-09", "2026-03-10"],
    ["Je suis absent du 2 au 9 mars inclus", "2026-03-09", "2026-03-10"],
    ["de retour le 10 mars", "2026-03-09", "2026-03-10"],
    ["Estaré fuera hasta el 9 de marzo", "2026-03-09", "2026-03-10"],
    ["Vuelvo el 10 de marzo", "2026-03-09", "2026-03-10"],
    ["Sarò assente fino al 9 marzo", "2026-03-09", "2026-03-10"],
    ["Estarei ausente até 9 de março", "2026-03-09", "2026-03-10"],
    ["Ik ben afwezig tot en met 9 maart", "2026-03-09", "2026-03-10"],
    ["ik ben terug op 10 maart", "2026-03-09", "2026-03-10"],
    ["Bin vom 2.3. bis 9.3.2026 im Urlaub", "2026-03-09", "2026-03-10"],
    ["Ab dem 10.03.2026 bin ich wieder erreichbar", "2026-03-09", "2026-03-10"],
    ["I return on 03/10/2026", "2026-03-09", "2026-03-10"],
    ["I'll be back on Monday", "2026-03-08", "2026-03-09"],
    ["away until Friday", "2026-03-06", "2026-03-09"],
    ["I am on parental leave until January 2027", "2026-12-31", "2027-01-01"],
  ])("%s", (text, lastDay, on) => {
    expect(awayUntil(text, "2026-03-02", isWorkingDay)).toMatchObject({ lastDay, on });
  });

  it("crosses the turn of the year and its holidays", () => {
    expect(awayUntil("Ich bin bis einschließlich 3. Januar im Urlaub", "2025-12-28", isWorkingDay)).toMatchObject({
      lastDay: "2026-01-03",
      on: "2026-01-05",
    });
    expect(awayUntil("away until 31 December", "2025-12-20", isWorkingDay)).toMatchObject({ on: "2026-01-02" });
  });

  it.each([
    ["I am out of the office until the end of March", "2026-03-10", "2026-03-31", "2026-04-01"],
    ["Ich bin bis Ende März in Elternzeit", "2026-03-10", "2026-03-31", "2026-04-01"],
    ["away until the end of April", "2026-03-10", "2026-04-30", "2026-05-04"],
    ["away until the end of the year", "2025-11-10", "2025-12-31", "2026-01-02"],
    ["away until the end of the year", "2025-12-10", "2025-12-31", "2026-01-02"],
    ["I am back mid March", "2026-03-02", "2026-03-14", "2026-03-16"],
    ["I am back at the end of March", "2026-03-20", "2026-03-24", "2026-03-25"],
  ])("%s, on %s", (text, today, lastDay, on) => {
    expect(awayUntil(text, today, isWorkingDay)).toMatchObject({ lastDay, on });
  });

  it("takes no month that runs for the one a year away", () => {
    expect(awayUntil("I am on holiday in March", "2026-03-10", isWorkingDay)).toBeNull();
  });

  it("guesses nothing from a date that has passed", () => {
    expect(awayUntil("Out of office; returning 5 January", "2026-03-02", isWorkingDay)).toBeNull();
    expect(awayUntil("I am away.", "2026-03-02", isWorkingDay)).toBeNull();
  });
});

describe("laterOn", () => {
  it.each([
    ["Not now, call me in May", "2026-05-04"],
    ["after the summer", "2026-09-01"],
    ["let's talk in Q3", "2026-07-01"],
    ["in two weeks", "2026-03-16"],
    ["next quarter", "2026-04-01"],
    ["nach dem Sommer", "2026-09-01"],
    ["dans trois mois", "2026-06-02"],
    ["mid April", "2026-04-15"],
    ["à la rentrée", "2026-09-01"],
    ["ping me after Easter", "2026-04-07"],
    ["beginning of June", "2026-06-01"],
    ["next year", "2027-01-07"],
    ["Probeer het in mei nog eens", "2026-05-04"],
  ])("%s", (text, on) => {
    expect(laterOn(text, "2026-03-02", isWorkingDay)?.on).toBe(on);
  });

  it.each([
    ["Write me again mid March", "2026-03-02", "2026-03-16"],
    ["At the end of March, please", "2026-03-10", "2026-03-25"],
    ["in January", "2026-03-10", "2027-01-01"],
    ["in Q1", "2026-04-10", "2027-01-01"],
    ["in Q4 2026", "2026-12-10", undefined],
    ["in March", "2026-03-10", undefined],
    ["let's look in Q2", "2026-04-02", undefined],
  ])("%s, said on %s, is never a year late", (text, today, on) => {
    expect(laterOn(text, today, isWorkingDay)?.on).toBe(on);
  });

  it.each(["you may call me", "March is busy", "we have 12 people", "version 3.5 is out", "since 2019"])(
    "reads no date into: %s",
    (text) => {
      expect(laterOn(text, "2026-03-02", isWorkingDay)).toBeNull();
    },
  );
});
