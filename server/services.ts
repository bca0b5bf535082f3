import { join } from "node:path";
import { env } from "#server/core/env.ts";
import { requireSecret } from "#server/core/secret.ts";
import { createFolderBlobStore } from "#server/providers/blob-store/folder.ts";
import type { BlobStore } from "#server/providers/blob-store/port.ts";
import { createOpenAiModel } from "#server/providers/language-model/ai-sdk.ts";
import type { LanguageModel } from "#server/providers/language-model/port.ts";
import { createMailparserMailParser } from "#server/providers/mail-parser/mailparser.ts";
import type { MailParser } from "#server/providers/mail-parser/port.ts";
import type { MailTransport } from "#server/providers/mail-transport/port.ts";
import { createSandboxTransport } from "#server/providers/mail-transport/sandbox.ts";
import { createSmtpTransport } from "#server/providers/mail-transport/smtp.ts";

/** Everything outside the product, behind ports. The only file that picks an adapter. */
export type Services = {
  blobs: BlobStore;
  mailTransport: MailTransport;
  /** What a pretend workspace sends through, whatever is configured. */
  sandboxTransport: MailTransport;
  mailParser: MailParser;
  /** Null without a key: the embedded writer and the rules do the work. Never used for a sandbox, see `modelFor`. */
  languageModel: LanguageModel | null;
};

export const services: Services = {
  blobs: createFolderBlobStore({ folder: join(env.DATA_DIR, "blobs"), secret: requireSecret }),
  mailTransport: createSmtpTransport({ allowLoopback: env.ALLOW_LOOPBACK_MAIL }),
  sandboxTransport: createSandboxTransport(),
  mailParser: createMailparserMailParser(),
  languageModel: env.OPENAI_API_KEY
    ? createOpenAiModel({ apiKey: env.OPENAI_API_KEY, model: env.OPENAI_MODEL, baseUrl: env.OPENAI_BASE_URL })
    : null,
};
