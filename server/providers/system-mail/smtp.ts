import { createTransport } from "nodemailer";
import { assertNoTransaction } from "#server/core/db.ts";
import type { SystemMail } from "./port.ts";

/** `url` as nodemailer reads it: smtps://user:password@host:465 or smtp://host:587. */
export function createSmtpSystemMail(options: { url: string; from: string }): SystemMail {
  const transport = createTransport(options.url);
  return {
    async send(mail) {
      assertNoTransaction("The system mailbox");
      await transport.sendMail({ from: options.from, ...mail, headers: { "auto-submitted": "auto-generated" } });
    },
  };
}
