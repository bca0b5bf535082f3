import type { ZodType } from "zod";

/** System text is ours; user text may quote strangers and is escaped by whoever builds the prompt. */
export type Prompt = { system: string; user: string };

type Generated<T> = { value: T; model: string; tokensIn: number | null; tokensOut: number | null };

/**
 * The one shape of model call that the product makes: a prompt in, a validated object out. No tools, no streaming.
 * There may be none: `services.languageModel` is null without a key, and always for a sandbox (see `modelFor`).
 */
export interface LanguageModel {
  readonly name: string;
  /** Throws PROVIDER_UNAVAILABLE (worth another attempt) or PROVIDER_REJECTED (an answer that does not fit, a refusal). */
  generate<T>(request: { prompt: Prompt; schema: ZodType<T>; purpose: string }): Promise<Generated<T>>;
}
