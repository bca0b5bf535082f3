import type { LanguageModel as SdkModel } from "ai";
import { assertNoTransaction } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { LanguageModel } from "./port.ts";

const TIMEOUT_MS = 45_000;

type Options = {
  apiKey: string;
  model: string;
  /** Any server that speaks the OpenAI protocol. Unset: OpenAI itself. */
  baseUrl?: string | undefined;
  timeoutMs?: number;
  fetch?: typeof fetch;
};

export function createOpenAiModel({ apiKey, model, baseUrl, timeoutMs = TIMEOUT_MS, fetch }: Options): LanguageModel {
  // Loaded at the first use: most processes never ask a model, and the SDK takes 25 MB of each.
  const load = async (): Promise<{ ai: typeof import("ai"); sdkModel: SdkModel }> => {
    const [ai, { createOpenAI }] = await Promise.all([import("ai"), import("@ai-sdk/openai")]);
    const openai = createOpenAI({ apiKey, ...(baseUrl && { baseURL: baseUrl }), ...(fetch && { fetch }) });
    // Compatible servers speak chat completions; only OpenAI itself is sure to have the newer endpoint.
    return { ai, sdkModel: baseUrl ? openai.chat(model) : openai(model) };
  };
  return {
    name: model,
    async generate({ prompt, schema, purpose }) {
      assertNoTransaction("The language model");
      const { ai, sdkModel } = await load();
      try {
        const { output, usage, response } = await ai.generateText({
          model: sdkModel,
          instructions: prompt.system,
          prompt: prompt.user,
          output: ai.Output.object({ schema }),
          // Retries belong to the job runner; nested retries multiply cost and hide failures.
          maxRetries: 0,
          abortSignal: AbortSignal.timeout(timeoutMs),
        });
        return {
          value: output,
          model: response.modelId,
          tokensIn: usage.inputTokens ?? null,
          tokensOut: usage.outputTokens ?? null,
        };
      } catch (cause) {
        throw toAppError(ai, cause, purpose);
      }
    },
  };
}

function toAppError({ APICallError }: typeof import("ai"), cause: unknown, purpose: string): AppError {
  if (APICallError.isInstance(cause)) {
    const status = cause.statusCode ?? 0;
    if (status === 429 || status >= 500 || status === 0) return unavailable(cause, purpose, cause.responseHeaders?.["retry-after"]);
    return new AppError("PROVIDER_REJECTED", `The language model refused "${purpose}" (${status}).`, { cause });
  }
  if (isTimeoutOrNetwork(cause)) return unavailable(cause, purpose);
  return new AppError("PROVIDER_REJECTED", `The language model gave no usable answer to "${purpose}".`, { cause });
}

function unavailable(cause: unknown, purpose: string, retryAfter?: string): AppError {
  const seconds = Number(retryAfter);
  return new AppError("PROVIDER_UNAVAILABLE", `The language model could not finish "${purpose}".`, {
    cause,
    ...(seconds > 0 && { retryAfterMs: seconds * 1000 }),
  });
}

function isTimeoutOrNetwork(cause: unknown): boolean {
  return cause instanceof Error && (cause.name === "TimeoutError" || cause.name === "AbortError" || cause instanceof TypeError);
}
