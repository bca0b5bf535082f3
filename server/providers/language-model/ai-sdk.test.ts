import { afterEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { type Behaviour, startOpenAiServer } from "#server/testing/openai-server.ts";
import { createOpenAiModel } from "./ai-sdk.ts";

const schema = z.object({ subject: z.string(), count: z.number() });
const prompt = { system: "Answer with an object.", user: "<quote>hello</quote>" };
const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function modelThat(behave: Behaviour, timeoutMs = 2_000) {
  const server = await startOpenAiServer(behave);
  open.push(server);
  return { server, model: createOpenAiModel({ apiKey: "test", model: "test-model", baseUrl: server.url, timeoutMs }) };
}

describe("a model behind an OpenAI-compatible server", () => {
  it("answers with an object of the schema, and says what it cost", async () => {
    const { model, server } = await modelThat(() => ({ subject: "close", count: 3 }));
    expect(await model.generate({ prompt, schema, purpose: "test" })).toEqual({
      value: { subject: "close", count: 3 },
      model: "test-model-1",
      tokensIn: 400,
      tokensOut: 120,
    });
    const [call] = server.calls;
    expect(call?.messages.map((message) => message.role)).toEqual(["system", "user"]);
    expect(call?.response_format?.type).toBe("json_schema");
  });

  it.each<[string, Behaviour, string]>([
    ["is busy", () => 429, "PROVIDER_UNAVAILABLE"],
    ["fails", () => 503, "PROVIDER_UNAVAILABLE"],
    ["never answers", () => "hang", "PROVIDER_UNAVAILABLE"],
    ["refuses the key", () => 401, "PROVIDER_REJECTED"],
    ["answers broken JSON", () => '{"subject": "clo', "PROVIDER_REJECTED"],
    ["answers another shape", () => ({ subject: 4 }), "PROVIDER_REJECTED"],
    ["answers prose", () => "Sure, here is your mail.", "PROVIDER_REJECTED"],
  ])("that %s is a typed failure, after one call", async (_, behave, code) => {
    const { model, server } = await modelThat(behave, 400);
    await expect(model.generate({ prompt, schema, purpose: "test" })).rejects.toMatchObject({ code });
    expect(server.calls).toHaveLength(1);
  });

  it("passes on when to come back", async () => {
    const { model } = await modelThat(() => 429);
    await expect(model.generate({ prompt, schema, purpose: "test" })).rejects.toMatchObject({ retryAfterMs: 7_000 });
  });

  it("is not there at all", async () => {
    const { model, server } = await modelThat(() => 200);
    await server.close();
    await expect(model.generate({ prompt, schema, purpose: "test" })).rejects.toMatchObject({ code: "PROVIDER_UNAVAILABLE" });
  });
});
