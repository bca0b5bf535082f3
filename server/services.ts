import { join } from "node:path";
import { env } from "#server/core/env.ts";
import { requireSecret } from "#server/core/secret.ts";
import { createFolderBlobStore } from "#server/providers/blob-store/folder.ts";
import type { BlobStore } from "#server/providers/blob-store/port.ts";
import { createOpenAiModel } from "#server/providers/language-model/ai-sdk.ts";
import type { LanguageModel } from "#server/providers/language-model/port.ts";
import { createImapInbox } from "#server/providers/mail-inbox/imap.ts";
import type { MailInbox } from "#server/providers/mail-inbox/port.ts";
import { createMailparserMailParser } from "#server/providers/mail-parser/mailparser.ts";
import type { MailParser } from "#server/providers/mail-parser/port.ts";
import type { MailTransport } from "#server/providers/mail-transport/port.ts";
import { createSandboxTransport } from "#server/providers/mail-transport/sandbox.ts";
import { createSmtpTransport } from "#server/providers/mail-transport/smtp.ts";
import { createMailComposerPretendMail } from "#server/providers/pretend-mail/mail-composer.ts";
import type { PretendMail } from "#server/providers/pretend-mail/port.ts";
import type { SystemMail } from "#server/providers/system-mail/port.ts";
import { createSmtpSystemMail } from "#server/providers/system-mail/smtp.ts";

/** Everything outside the product, behind ports. The only file that picks an adapter. */
export type Services = {
  blobs: BlobStore;
  mailTransport: MailTransport;
  mailInbox: MailInbox;
  /** What a pretend workspace sends through, whatever is configured. */
  sandboxTransport: MailTransport;
  mailParser: MailParser;
  /** Composes what the people of a pretend workspace write. */
  pretendMail: PretendMail;
  /** Null unless a system mailbox is configured: links are then handed over by a person. */
  systemMail: SystemMail | null;
  /** Null without a key: the embedded writer and the rules do the work. Never used for a sandbox, see `modelFor`. */
  languageModel: LanguageModel | null;
};

export const services: Services = {
  blobs: createFolderBlobStore({ folder: join(env.DATA_DIR, "blobs"), secret: requireSecret }),
  mailInbox: createImapInbox({ allowLoopback: env.ALLOW_LOOPBACK_MAIL }),
  mailTransport: createSmtpTransport({ allowLoopback: env.ALLOW_LOOPBACK_MAIL }),
  sandboxTransport: createSandboxTransport(),
  mailParser: createMailparserMailParser(),
  pretendMail: createMailComposerPretendMail(),
  systemMail:
    env.SYSTEM_MAIL_URL && env.SYSTEM_MAIL_FROM ? createSmtpSystemMail({ url: env.SYSTEM_MAIL_URL, from: env.SYSTEM_MAIL_FROM }) : null,
  languageModel: env.OPENAI_API_KEY
    ? createOpenAiModel({ apiKey: env.OPENAI_API_KEY, model: env.OPENAI_MODEL, baseUrl: env.OPENAI_BASE_URL })
    : null,
};

/** The stored files as they are read with another secret, while keys are rotated. */
export function blobsSealedWith(secret: string): BlobStore {
  return createFolderBlobStore({ folder: join(env.DATA_DIR, "blobs"), secret: () => secret });
}
