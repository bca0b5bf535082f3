import type { Inngest, InngestFunction } from "inngest";
import { serve } from "inngest/edge";

type ServeHandlerOptions = Parameters<typeof serve>[0];

import type { SdkCall } from "./context.ts";
import type { SdkAnswer } from "./domain/read-answer.ts";
import { readConfig } from "./domain/read-config.ts";
import { type EngineFunction, syncAnswer } from "./schema.ts";

const ADDRESS = "http://127.0.0.1/api/inngest";
// The SDK builds its own URL from the host header; without one every call is a 500.
const HEADERS = { host: "127.0.0.1", "content-type": "application/json" };

/** Speaks the SDK's protocol to its own handler, inside this process: no socket, no second copy of the rules. */
export function createSdkCaller(client: Inngest.Any, functions: InngestFunction.Any[]) {
  // Calls never leave this process, so there is nobody to sign for. The served routes have handlers of their own.
  const options: ServeHandlerOptions & { skipSignatureValidation: boolean } = { client, functions, skipSignatureValidation: true };
  const handler = serve(options);
  const ask = (url: string, method: string, headers: Record<string, string>, body: unknown): Promise<Response> =>
    handler(new Request(url, { method, headers: { ...HEADERS, ...headers }, body: JSON.stringify(body) }));

  return {
    /** In-band sync: the configurations of all functions, each checked against what the engine can do. */
    async readFunctions(): Promise<EngineFunction[]> {
      if (functions.length === 0) return [];
      const response = await ask(ADDRESS, "PUT", { "x-inngest-sync-kind": "in_band" }, { url: ADDRESS });
      if (!response.ok) throw new Error(`The job functions could not be read: ${response.status} ${await response.text()}`);
      return syncAnswer.parse(await response.json()).functions.map(readConfig);
    },

    async call({ functionId, stepId, body }: SdkCall): Promise<SdkAnswer> {
      const response = await ask(
        `${ADDRESS}?fnId=${encodeURIComponent(functionId)}&stepId=${encodeURIComponent(stepId || "step")}`,
        "POST",
        {},
        body,
      );
      const text = await response.text();
      const noRetry = response.headers.get("x-inngest-no-retry");
      return {
        status: response.status,
        noRetry: noRetry === null ? null : noRetry === "true",
        retryAfter: response.headers.get("retry-after"),
        body: text ? JSON.parse(text) : null,
      };
    },
  };
}
