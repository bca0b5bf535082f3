import type { GuessedServers } from "../schema.ts";

type Provider = {
  name: string;
  isAt: (domain: string, mx: readonly string[]) => boolean;
  smtp: [string, number];
  imap: [string, number];
  note: string | null;
  link: string | null;
};

const endsWith = (host: string, ...ends: string[]) => ends.some((end) => host === end || host.endsWith(`.${end}`));
const anyMx = (mx: readonly string[], ...ends: string[]) => mx.some((host) => endsWith(host.toLowerCase().replace(/\.$/, ""), ...ends));

const GOOGLE_NOTE = "Google needs an app password for accounts with two-step sign-in, not the account's own password.";
const MICROSOFT_NOTE = "Microsoft allows passwords only where an administrator permits authenticated SMTP and IMAP for the mailbox.";

const PROVIDERS: readonly Provider[] = [
  {
    name: "Google",
    isAt: (domain, mx) => endsWith(domain, "gmail.com", "googlemail.com") || anyMx(mx, "google.com", "googlemail.com"),
    smtp: ["smtp.gmail.com", 465],
    imap: ["imap.gmail.com", 993],
    note: GOOGLE_NOTE,
    link: "https://myaccount.google.com/apppasswords",
  },
  {
    name: "Microsoft",
    isAt: (domain, mx) =>
      endsWith(domain, "outlook.com", "hotmail.com", "live.com") || anyMx(mx, "protection.outlook.com", "olc.protection.outlook.com"),
    smtp: ["smtp.office365.com", 587],
    imap: ["outlook.office365.com", 993],
    note: MICROSOFT_NOTE,
    link: null,
  },
  {
    name: "Yahoo",
    isAt: (domain, mx) => endsWith(domain, "yahoo.com", "ymail.com") || anyMx(mx, "yahoodns.net"),
    smtp: ["smtp.mail.yahoo.com", 465],
    imap: ["imap.mail.yahoo.com", 993],
    note: "Yahoo needs an app password.",
    link: null,
  },
  {
    name: "iCloud",
    isAt: (domain, mx) => endsWith(domain, "icloud.com", "me.com", "mac.com") || anyMx(mx, "mail.icloud.com"),
    smtp: ["smtp.mail.me.com", 587],
    imap: ["imap.mail.me.com", 993],
    note: "Apple needs an app password.",
    link: null,
  },
  {
    name: "Zoho",
    isAt: (_, mx) => anyMx(mx, "zoho.com", "zoho.eu"),
    smtp: ["smtppro.zoho.com", 465],
    imap: ["imappro.zoho.com", 993],
    note: null,
    link: null,
  },
  {
    name: "Fastmail",
    isAt: (domain, mx) => endsWith(domain, "fastmail.com") || anyMx(mx, "messagingengine.com"),
    smtp: ["smtp.fastmail.com", 465],
    imap: ["imap.fastmail.com", 993],
    note: "Fastmail needs an app password.",
    link: null,
  },
  {
    name: "IONOS",
    isAt: (_, mx) => anyMx(mx, "kundenserver.de", "ionos.com", "1and1.com"),
    smtp: ["smtp.ionos.com", 465],
    imap: ["imap.ionos.com", 993],
    note: null,
    link: null,
  },
  {
    name: "OVH",
    isAt: (_, mx) => anyMx(mx, "ovh.net", "mail.ovh.ca"),
    smtp: ["ssl0.ovh.net", 465],
    imap: ["ssl0.ovh.net", 993],
    note: null,
    link: null,
  },
  {
    name: "GMX",
    isAt: (domain, mx) => /^gmx\./.test(domain) || anyMx(mx, "gmx.net"),
    smtp: ["mail.gmx.net", 465],
    imap: ["imap.gmx.net", 993],
    note: "Switch IMAP on in the GMX settings first.",
    link: null,
  },
];

/** The servers of an address, from its domain and its mail hosts: known providers, else the names that most hosts use. */
export function guessServers(address: string, mx: readonly string[]): GuessedServers {
  const domain = address.slice(address.lastIndexOf("@") + 1).toLowerCase();
  const known = PROVIDERS.find((provider) => provider.isAt(domain, mx));
  const [smtpHost, smtpPort] = known?.smtp ?? [`smtp.${domain}`, 465];
  const [imapHost, imapPort] = known?.imap ?? [`imap.${domain}`, 993];
  return {
    provider: known?.name ?? null,
    note: known?.note ?? null,
    link: known?.link ?? null,
    smtp: { host: smtpHost, port: smtpPort, security: smtpPort === 587 ? "starttls" : "tls", user: address },
    imap: { host: imapHost, port: imapPort, security: "tls", user: address },
  };
}
