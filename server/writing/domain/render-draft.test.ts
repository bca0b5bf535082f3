import { expect, it } from "vitest";
import type { Sentence } from "#server/writing/schema.ts";
import { applyEdit } from "./apply-edit.ts";
import { renderDraft } from "./render-draft.ts";
import { splitSentences } from "./split-sentences.ts";

const line = (kind: Sentence["kind"], text: string): Sentence => ({ kind, text, factIds: [`${kind}-source`] });
const draft = [
  line("greeting", "Hi Nadia,"),
  line("fact", "One."),
  line("claim", "Two."),
  line("claim", "Three."),
  line("claim", "Four."),
  line("question", "Who?"),
  line("ask", "A call?"),
  line("closing", "Best regards,"),
];

it("parts greeting, body, ask and closing, and puts the signature below", () => {
  expect(renderDraft({ sentences: draft }, { signature: "Ana\nAcme" })).toBe(
    "Hi Nadia,\n\nOne. Two. Three.\n\nFour. Who?\n\nA call?\n\nBest regards,\nAna\nAcme",
  );
  expect(renderDraft({ sentences: draft.slice(0, 2) }, { signature: "Ana" })).toBe("Hi Nadia,\n\nOne.\n\nAna");
});

it("keeps a person's paragraphs, and what they did not touch keeps its sources", () => {
  const text = "Hi Nadia,\n\nOne. We met Dr. Rossi at 2.5 km. Two.\n\n\nMy own end.\nBest regards,";
  const edited = applyEdit(draft, text);
  expect(edited.map((sentence) => [sentence.kind, sentence.text, sentence.factIds.length])).toEqual([
    ["greeting", "Hi Nadia,", 1],
    ["fact", "One.", 1],
    ["own", "We met Dr. Rossi at 2.5 km.", 0],
    ["claim", "Two.", 1],
    ["own", "My own end.", 0],
    ["closing", "Best regards,", 1],
  ]);
  expect(renderDraft({ sentences: edited }, { signature: "" })).toBe(
    "Hi Nadia,\n\nOne. We met Dr. Rossi at 2.5 km. Two.\n\nMy own end. Best regards,",
  );
  expect(applyEdit(edited, renderDraft({ sentences: edited }, { signature: "" }))).toEqual(edited);
});

it("splits sentences, not abbreviations", () => {
  expect(splitSentences("It costs €2.5m, e.g. in May. Ask J. Smith. Really? Yes!")).toEqual([
    "It costs €2.5m, e.g. in May.",
    "Ask J. Smith.",
    "Really?",
    "Yes!",
  ]);
});
