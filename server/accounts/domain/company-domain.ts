import { domainToASCII } from "node:url";
import { parse } from "tldts";

/** Addresses at these hosts say nothing about an employer. */
const PERSONAL_MAIL = new Set(
  `gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk hotmail.fr hotmail.it hotmail.de live.com msn.com yahoo.com yahoo.co.uk yahoo.fr yahoo.de yahoo.it yahoo.es
   yahoo.co.in ymail.com icloud.com me.com mac.com aol.com gmx.de gmx.net gmx.at gmx.ch gmx.com web.de t-online.de freenet.de arcor.de mail.com mail.ru yandex.ru yandex.com bk.ru
   inbox.ru list.ru proton.me protonmail.com pm.me tutanota.com tuta.io fastmail.com hey.com zoho.com libero.it virgilio.it alice.it tin.it tiscali.it orange.fr wanadoo.fr free.fr
   sfr.fr laposte.net bbox.fr neuf.fr telefonica.net terra.es wp.pl onet.pl o2.pl interia.pl seznam.cz centrum.cz abv.bg mail.bg sapo.pt uol.com.br bol.com.br terra.com.br
   qq.com 163.com 126.com sina.com naver.com daum.net hanmail.net rediffmail.com bigpond.com optusnet.com.au comcast.net verizon.net att.net sbcglobal.net cox.net btinternet.com
   sky.com virginmedia.com talktalk.net ntlworld.com bluewin.ch telenet.be skynet.be ziggo.nl xs4all.nl planet.nl kpnmail.nl online.no telia.com`.split(
    /\s+/,
  ),
);

/** Hosts on which a company merely has a page. */
const SHARED_HOSTS = new Set([
  "linkedin.com",
  "facebook.com",
  "instagram.com",
  "twitter.com",
  "x.com",
  "youtube.com",
  "google.com",
  "crunchbase.com",
  "xing.com",
  "linktr.ee",
  "wordpress.com",
]);

/** The registrable domain that a company is keyed by, from a web address, a host or a bare domain. Null when it names no company. */
export function companyDomain(raw: string): string | null {
  const text = raw.trim().toLowerCase();
  if (!text || /\s/.test(text)) return null;
  const host = text.includes("@") && !text.includes("/") ? text.slice(text.lastIndexOf("@") + 1) : text;
  // acme.uk.com and acme.myshopify.com are companies; uk.com and myshopify.com only let them be there.
  const { domain, isIp } = parse(host, { allowPrivateDomains: true });
  if (!domain || isIp) return null;
  const ascii = domainToASCII(domain);
  if (!ascii.includes(".") || PERSONAL_MAIL.has(ascii) || SHARED_HOSTS.has(ascii)) return null;
  return ascii;
}

/** The employer's domain that an address reveals. Null for personal mail. */
export function companyDomainOfAddress(email: string): string | null {
  return companyDomain(email.slice(email.lastIndexOf("@") + 1));
}
