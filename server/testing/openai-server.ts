import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type ChatRequest = {
  model: string;
  messages: { role: string; content: string }[];
  response_format?: { type: string; json_schema?: { schema: unknown } };
};
/** One answer: an object becomes the assistant's JSON; a string is sent as it is; a number is an HTTP failure; "hang" never answers. */
export type Behaviour = (request: ChatRequest, call: number) => object | string | number | "hang";

/** A local server that speaks OpenAI's chat protocol, well or badly. */
export async function startOpenAiServer(behave: Behaviour): Promise<{ url: string; calls: ChatRequest[]; close: () => Promise<void> }> {
  const calls: ChatRequest[] = [];
  const server: Server = createServer((request, response) => {
    void answer(request, response, calls, behave);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, calls: ChatRequest[], behave: Behaviour): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = JSON.parse(Buffer.concat(chunks).toString()) as ChatRequest;
  calls.push(body);
  const said = behave(body, calls.length);
  if (said === "hang") return;
  if (typeof said === "number") {
    response.writeHead(said, { "content-type": "application/json", ...(said === 429 && { "retry-after": "7" }) });
    response.end(JSON.stringify({ error: { message: "no", type: "test", code: null } }));
    return;
  }
  response.writeHead(200, { "content-type": "application/json" });
  response.end(
    JSON.stringify({
      id: "chatcmpl-test",
      object: "chat.completion",
      created: 1_772_000_000,
      model: "test-model-1",
      choices: [
        {
          index: 0,
          finish_reason: "stop",
          message: { role: "assistant", content: typeof said === "string" ? said : JSON.stringify(said) },
        },
      ],
      usage: { prompt_tokens: 400, completion_tokens: 120, total_tokens: 520 },
    }),
  );
}
