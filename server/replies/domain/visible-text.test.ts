import { describe, expect, it } from "vitest";
import { visibleText } from "./visible-text.ts";

const QUOTE = "> Hi Nadia,\n> you report three entities.";

describe("visibleText", () => {
  it.each([
    ["English", `Yes.\n\nOn Mon, 2 Mar 2026 at 09:00, Ana <ana@acme.example> wrote:\n${QUOTE}`],
    ["English, wrapped", `Yes.\n\nOn Mon, 2 Mar 2026 at 09:00, Ana Müller\n<ana@acme.example> wrote:\n\n${QUOTE}`],
    ["German", `Yes.\n\nAm 02.03.2026 um 09:00 schrieb Ana <ana@acme.example>:\n${QUOTE}`],
    ["French", `Yes.\n\nLe lun. 2 mars 2026 à 09:00, Ana <ana@acme.example> a écrit :\n${QUOTE}`],
    ["Spanish", `Yes.\n\nEl lun, 2 mar 2026 a las 9:00, Ana (<ana@acme.example>) escribió:\n${QUOTE}`],
    ["Italian", `Yes.\n\nIl giorno lun 2 mar 2026 alle 09:00 Ana <ana@acme.example> ha scritto:\n${QUOTE}`],
    ["Portuguese", `Yes.\n\nEm seg., 2 de mar. de 2026 às 09:00, Ana <ana@acme.example> escreveu:\n${QUOTE}`],
    ["Dutch", `Yes.\n\nOp ma 2 mrt 2026 om 09:00 schreef Ana <ana@acme.example>:\n${QUOTE}`],
    [
      "Outlook",
      "Yes.\n\n________________________________\nFrom: Ana <ana@acme.example>\nSent: Monday, 2 March 2026 09:00\nTo: Nadia\nSubject: month-end\n\nHi Nadia, stop mailing?",
    ],
    [
      "Outlook, German",
      "Yes.\n\nVon: Ana <ana@acme.example>\nGesendet: Montag, 2. März 2026 09:00\nAn: Nadia\nBetreff: month-end\n\nHi Nadia",
    ],
    ["Outlook, French", "Yes.\n\nDe : Ana <ana@acme.example>\nEnvoyé : lundi 2 mars 2026 09:00\nÀ : Nadia\nObjet : month-end\n\nBonjour"],
    ["divider", "Yes.\n\n-----Original Message-----\nFrom: Ana\n\nHi"],
    ["a quote without a header", `Yes.\n\n${QUOTE}`],
    ["a phone", `Yes.\n\nSent from my iPhone\n\n${QUOTE}`],
    ["a signature", "Yes.\n\n-- \nNadia Rossi\nCFO\n+39 02 1234"],
    ["a closing", "Yes.\n\nBest regards,\nNadia Rossi\nNorvale S.p.A."],
    ["a German closing", "Yes.\n\nMit freundlichen Grüßen\nNadia Rossi"],
    ["a disclaimer", "Yes.\n\nThis e-mail is confidential and intended only for the addressee."],
  ])("cuts %s", (_, raw) => {
    expect(visibleText(raw).text).toBe("Yes.");
    expect(visibleText(raw).quoted).not.toBe("");
  });

  it("keeps answers below and between quoted lines", () => {
    expect(visibleText(`On Mon, 2 Mar 2026 at 09:00, Ana <ana@acme.example> wrote:\n${QUOTE}\n\nYes, below.`).text).toBe("Yes, below.");
    expect(visibleText("> Do you close monthly?\nYes.\n> In three entities?\nIn four.").text).toBe("Yes.\nIn four.");
  });

  it.each([
    ["Hi Ana,\n\nThanks!\n\nPlease remove me from your list.\n\nNadia", "Please remove me from your list."],
    ["Hi Ana\nThank you.\nwe are interested, can we talk on Tuesday?\nBest,\nNadia", "can we talk on Tuesday?"],
    ["Hallo Ana,\nvielen Dank\nVG\nbitte schreiben Sie mir nicht mehr", "bitte schreiben Sie mir nicht mehr"],
    ["Hi Ana\n\nI shall ask.\n\nThanks,\nNadia\n\nP.S. please unsubscribe me", "P.S. please unsubscribe me"],
  ])("keeps what is said after a closing: %o", (raw, said) => {
    expect(visibleText(raw).text).toContain(said);
  });

  it("keeps a signature out of the words, whatever it says of its owner", () => {
    const signed =
      "Not now.\n\nBest regards,\nNadia Rossi\nHead of Finance at Norvale\n\nP.S. call me in May\n\n-- \nwe never stop mailing good ideas";
    expect(visibleText(signed).text).toBe("Not now.\n\nP.S. call me in May");
    expect(visibleText(signed).quoted).toContain("Head of Finance");
    expect(visibleText(signed).quoted).toContain("we never stop");
  });

  it("leaves ordinary words alone", () => {
    expect(visibleText("Thanks,\n\nOn Monday we wrote a plan:\n- one\n- two\nFrom: here on it is easy.").text).toContain(
      "From: here on it is easy.",
    );
  });

  it.each([
    ["quote headers", "On Mon, 2 Mar 2026 Ana wrote\n".repeat(40_000)],
    ["Dutch openings", "Op \n schreef ".repeat(80_000)],
    ["one long line", "a ".repeat(500_000)],
    ["quotes in quotes", `${">".repeat(2_000)} x\n`.repeat(500)],
  ])("takes time that grows with the mail: %s", (_, raw) => {
    const began = performance.now();
    visibleText(raw);
    expect(performance.now() - began).toBeLessThan(1_500);
  });
});
