/** The address that mails may link to, or null: only https on a public name, and only once it was proven that it reaches this installation. */
export function publicUrl(appUrl: string | undefined, provenAt: Date | null | undefined): string | null {
  return provenAt && isPublicHttps(appUrl) ? new URL(appUrl ?? "").origin : null;
}

export function isPublicHttps(appUrl: string | undefined): boolean {
  if (!appUrl || !URL.canParse(appUrl)) return false;
  const { protocol, hostname } = new URL(appUrl);
  const isAddress = /^[\d.]+$/.test(hostname) || hostname.startsWith("[");
  return (
    protocol === "https:" &&
    hostname.includes(".") &&
    !isAddress &&
    !/\.(localhost|local|internal|lan|home|test|example|invalid)$/.test(hostname)
  );
}
