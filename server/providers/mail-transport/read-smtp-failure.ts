import { type MailProblem, MailServerError, type SendOutcome } from "./port.ts";

/** What nodemailer says of a failure; every field may be missing. */
export type SmtpFailure = {
  code?: unknown;
  originalCode?: unknown;
  command?: unknown;
  response?: unknown;
  responseCode?: unknown;
  message?: unknown;
};

/**
 * What a failed hand-over proves. `hasBegun`: the server had asked for the mail (354) and bytes of it may have left.
 * - An answer decides: 4xx is "later", 5xx is "never", at any command and after the final dot.
 * - No answer before the mail began proves that it was not taken.
 * - No answer once it began proves nothing.
 */
export function readSmtpFailure(failure: SmtpFailure, hasBegun: boolean): SendOutcome {
  const answer = typeof failure.responseCode === "number" ? failure.responseCode : 0;
  const response = typeof failure.response === "string" ? failure.response : String(failure.message ?? "no answer");
  if (answer >= 500) return { kind: "refused", response, scope: scopeOf(failure, answer, response) };
  if (answer >= 400) return { kind: "not_accepted", response, cause: "later" };
  if (hasBegun) return { kind: "unknown", response };
  return { kind: "not_accepted", response, cause: "lost" };
}

function scopeOf(failure: SmtpFailure, answer: number, response: string): "recipient" | "mail" | "sender" {
  if (failure.command === "MAIL FROM") return "sender";
  // 5.1.x: the address; 5.2.x: the box. 5.7.x at RCPT is policy: it says nothing about the person's address.
  const detail = /\b5\.(\d)\.\d+\b/.exec(response)?.[1];
  if (failure.command === "RCPT TO") return detail === "7" || answer === 554 ? "mail" : "recipient";
  return detail === "1" ? "recipient" : "mail";
}

const REFUSED_SIGN_IN = new Set(["EAUTH", "ENOAUTH"]);

/** Why connecting or signing in did not work. */
export function readConnectFailure(failure: SmtpFailure, host: string): MailServerError {
  const said = typeof failure.response === "string" ? failure.response : String(failure.message ?? "");
  return new MailServerError({ code: codeOf(failure, said), host, said: said.slice(0, 300) }, { cause: failure });
}

function codeOf(failure: SmtpFailure, said: string): MailProblem["code"] {
  const [code, original] = [String(failure.code ?? ""), String(failure.originalCode ?? "")];
  if (REFUSED_SIGN_IN.has(code)) return signInProblem(said);
  if (code === "EDNS" || original === "ENOTFOUND") return "host-not-found";
  if (code === "ETLS" && /STARTTLS/i.test(said) && /not support|not offer|does not/i.test(said)) return "starttls-missing";
  if (
    code === "ETLS" ||
    /certificate|self-signed|wrong version number|SSL|TLS/i.test(said) ||
    original.startsWith("ERR_TLS") ||
    original.startsWith("ERR_SSL")
  )
    return "tls-failed";
  if (code === "ETIMEDOUT") return "no-answer";
  if (
    ["ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH", "ENETUNREACH", "EPIPE"].includes(original || code) ||
    code === "ESOCKET" ||
    code === "ECONNECTION"
  )
    return "no-connection";
  return "protocol";
}

/** Google and Microsoft say in words why a right password is refused. */
export function signInProblem(said: string): MailProblem["code"] {
  if (/application-specific password|InvalidSecondFactor|5\.7\.9|app password/i.test(said)) return "app-password-needed";
  if (
    /basic authentication is disabled|SmtpClientAuthentication is disabled|5\.7\.139|5\.7\.57|BasicAuthBlocked|LOGIN disabled|AUTHENTICATE failed.*BasicAuth/i.test(
      said,
    )
  )
    return "basic-auth-off";
  if (/IMAP.*(disabled|not enabled|is off)|not enabled for IMAP|enable IMAP/i.test(said)) return "imap-off";
  return "sign-in-refused";
}
