import { type MailProblem, MailServerError } from "#server/providers/mail-transport/port.ts";
import { signInProblem } from "#server/providers/mail-transport/read-smtp-failure.ts";

type ImapFailure = {
  code?: unknown;
  authenticationFailed?: unknown;
  responseText?: unknown;
  response?: unknown;
  message?: unknown;
  serverResponseCode?: unknown;
};

const NO_ANSWER = new Set(["CONNECT_TIMEOUT", "GREETING_TIMEOUT", "UPGRADE_TIMEOUT", "ETIMEOUT", "ETIMEDOUT"]);
const NO_CONNECTION = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EPIPE",
  "NoConnection",
  "EConnectionClosed",
  "ClosedAfterConnectText",
  "ClosedAfterConnectTLS",
]);

/** Why a mailbox could not be read, in the closed set of the port. */
export function readImapFailure(error: unknown, host: string): MailServerError {
  const failure = (error ?? {}) as ImapFailure;
  const said =
    [failure.responseText, failure.response, failure.message].find((text): text is string => typeof text === "string" && text !== "") ?? "";
  return new MailServerError({ code: codeOf(failure, said), host, said: said.slice(0, 300) }, { cause: error });
}

function codeOf(failure: ImapFailure, said: string): MailProblem["code"] {
  const code = String(failure.code ?? "");
  if (failure.authenticationFailed === true) return signInProblem(`${String(failure.serverResponseCode ?? "")} ${said}`);
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "host-not-found";
  if (NO_ANSWER.has(code)) return "no-answer";
  if (/certificate|self-signed|wrong version number|SSL|TLS/i.test(said) || code.startsWith("ERR_TLS") || code.startsWith("ERR_SSL"))
    return "tls-failed";
  return NO_CONNECTION.has(code) ? "no-connection" : "protocol";
}
