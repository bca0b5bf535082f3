import { expect, it } from "vitest";
import type { LanguageModel } from "#server/providers/language-model/port.ts";
import { testDatabase } from "#server/testing/database.ts";
import { mimeOf } from "#server/testing/mime.ts";
import { answerFrom, takeMail, testConversation, testReplyServices } from "#server/testing/replies.ts";
import { testWorkspace } from "#server/testing/workspace.ts";

await testDatabase();

/** Answers as a server would, and keeps what it was asked. */
function answeringModel(value: unknown): LanguageModel & { asked: string[] } {
  const asked: string[] = [];
  return {
    name: "answering",
    asked,
    async generate({ prompt, schema }) {
      asked.push(prompt.user);
      return { value: schema.parse(value), model: "answering-1", tokensIn: null, tokensOut: null };
    },
  };
}

const UNCLEAR = "Let me think about it with the team.";

it("asks the model where the rules are not sure, and keeps only literal quotes", async () => {
  const workspace = await testWorkspace();
  const talk = await testConversation(workspace);
  const model = answeringModel({
    classes: [
      { class: "not_now", quote: "Let me think about it", confidence: 0.85 },
      { class: "remove_me", quote: "never write again", confidence: 1 },
    ],
  });
  const { replyId } = await takeMail(
    testReplyServices({ languageModel: model }),
    workspace,
    talk.mailbox.id,
    await answerFrom(talk, UNCLEAR),
  );
  const reply = await workspace.run((tx) => tx.reply.findFirstOrThrow({ where: { id: replyId ?? "" } }));
  expect(reply).toMatchObject({ class: "not_now", classifiedBy: "model" });
  expect(await workspace.run((tx) => tx.suppression.count())).toBe(0);
  expect(model.asked).toHaveLength(1);
  expect(model.asked[0]).not.toContain(talk.lead.email);
});

it("asks no model about a pretend person, a machine, or somebody who wants to stop", async () => {
  const model = answeringModel({ classes: [] });
  const parts = testReplyServices({ languageModel: model });
  const pretend = await testWorkspace({ clockAt: "2026-03-02T09:00:00Z" });
  const there = await testConversation(pretend);
  await takeMail(parts, pretend, there.mailbox.id, await answerFrom(there, UNCLEAR));
  const live = await testWorkspace();
  const talk = await testConversation(live);
  await takeMail(parts, live, talk.mailbox.id, await answerFrom(talk, "Please remove me from your list."));
  await takeMail(
    parts,
    live,
    talk.mailbox.id,
    await answerFrom(talk, "Thank you for your message.", { headers: { "Auto-Submitted": "auto-replied" } }),
  );
  expect(model.asked).toEqual([]);
});

it("falls back to the rules when the model fails to fit the schema", async () => {
  const workspace = await testWorkspace();
  const talk = await testConversation(workspace);
  const refusing: LanguageModel = {
    name: "refusing",
    async generate() {
      const { AppError } = await import("#server/core/errors.ts");
      throw new AppError("PROVIDER_UNAVAILABLE", "The model does not answer.");
    },
  };
  const { replyId } = await takeMail(
    testReplyServices({ languageModel: refusing }),
    workspace,
    talk.mailbox.id,
    await answerFrom(talk, UNCLEAR),
  );
  expect(await workspace.run((tx) => tx.reply.findFirstOrThrow({ where: { id: replyId ?? "" } }))).toMatchObject({
    class: "other",
    classifiedBy: "rules",
    status: "needs_me",
  });
});

it("takes a calendar's yes to our own invitation as something that asks for nothing", async () => {
  const workspace = await testWorkspace();
  const talk = await testConversation(workspace);
  const content = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "METHOD:REPLY",
    "BEGIN:VEVENT",
    "UID:m1@acme.example",
    `ATTENDEE;PARTSTAT=ACCEPTED:mailto:${talk.lead.email}`,
    "DTSTAMP:20260302T090000Z",
    "END:VEVENT",
    "END:VCALENDAR",
  ].join("\r\n");
  const raw = await mimeOf({
    from: talk.lead.email,
    to: talk.mailbox.address,
    subject: "Accepted: Intro",
    text: "Nadia accepted",
    inReplyTo: talk.messageIdHeader,
    icalEvent: { method: "REPLY", content },
  });
  const { replyId } = await takeMail(testReplyServices(), workspace, talk.mailbox.id, raw);
  expect(await workspace.run((tx) => tx.reply.findFirstOrThrow({ where: { id: replyId ?? "" } }))).toMatchObject({
    class: "automatic",
    status: "none",
  });
});
