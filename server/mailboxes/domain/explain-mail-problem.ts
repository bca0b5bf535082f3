import type { MailProblem } from "#server/providers/mail-transport/port.ts";

export type Explained = { sentence: string; fix: string | null; link: string | null };

const isGoogle = (host: string) => /(^|\.)(gmail|google|googlemail)\.com$/i.test(host);
const isMicrosoft = (host: string) => /(^|\.)(office365|outlook|hotmail|live)\.com$/i.test(host);

/** What went wrong with a mail server and what to do about it, in the words of the screen. */
export function explainMailProblem(problem: MailProblem, doing: "send" | "read"): Explained {
  const { host } = problem;
  const [protocol, verb] = doing === "send" ? ["SMTP", "sending"] : ["IMAP", "reading"];
  switch (problem.code) {
    case "host-not-found":
      return say(`There is no server named ${host}.`, `Check the name of the server for ${verb}.`);
    case "host-not-allowed":
      return say(
        `${host} is an address inside this network.`,
        "Mailboxes are reached over the public internet only. Enter the provider's server.",
      );
    case "no-connection":
      return say(
        `${host} does not take connections for ${verb}.`,
        `Check server and port. A firewall may block ${protocol} from this computer.`,
      );
    case "no-answer":
      return say(`${host} does not answer.`, `Check server and port. A firewall may block ${protocol} from this computer.`);
    case "tls-failed":
      return say(
        `No secure connection to ${host}: its certificate or encryption was not accepted.`,
        "Check the server's name and port: 465 and 993 use TLS, 587 uses STARTTLS.",
      );
    case "starttls-missing":
      return say(
        `${host} offers no encryption on this port.`,
        "Passwords are sent encrypted only. Use port 465 with TLS, or 587 with STARTTLS.",
      );
    case "app-password-needed":
      return googleAppPassword();
    case "basic-auth-off":
      return say(
        `Microsoft refused password sign-in for ${verb}. It is off for this organisation.`,
        "Ask your administrator to allow it for this mailbox (authenticated SMTP and IMAP).",
      );
    case "imap-off":
      return say(
        `${verb === "reading" ? "Reading" : "Sending"} fails: IMAP is off.`,
        isGoogle(host) ? "Turn IMAP on in Gmail: Settings, Forwarding and POP/IMAP." : "Turn IMAP on in the mailbox's settings.",
      );
    case "sign-in-refused":
      if (isGoogle(host)) return googleAppPassword();
      return say(
        `${isMicrosoft(host) ? "Microsoft" : host} refused the user name or the password for ${verb}.`,
        "Check both. Accounts with two-step sign-in often need an app password.",
      );
    case "protocol":
      return say(
        `${host} answered in a way that is not ${protocol}${problem.said ? `: “${problem.said.slice(0, 120)}”` : ""}.`,
        "Check server and port.",
      );
  }
}

function googleAppPassword(): Explained {
  return {
    sentence: "Google refused the password. Accounts with two-step sign-in need an app password.",
    fix: "Make an app password and paste it here.",
    link: "https://myaccount.google.com/apppasswords",
  };
}

function say(sentence: string, fix: string): Explained {
  return { sentence, fix, link: null };
}
