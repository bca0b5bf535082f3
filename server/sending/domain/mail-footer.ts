export type Footer = {
  signature: string;
  /** Where we are; law asks for it in mails to strangers. */
  postalAddress: string | null;
  /** https link, once the address of this installation is proven reachable; else people answer or write. */
  unsubscribeUrl: string | null;
};

/** What stands under the words that were approved: who writes, from where, and how to make it stop. */
export function withFooter(body: string, footer: Footer): string {
  const text = body.trimEnd();
  const signature = footer.signature.trim();
  const parts = [text];
  if (signature && !text.endsWith(signature)) parts.push(signature);
  const optOut = footer.unsubscribeUrl
    ? `Rather not hear from us? ${footer.unsubscribeUrl}`
    : "Rather not hear from us? Answer “stop” and you will not.";
  parts.push([footer.postalAddress?.replace(/\s*\n\s*/g, ", ").trim(), optOut].filter(Boolean).join("\n"));
  return `${parts.join("\n\n")}\n`;
}
