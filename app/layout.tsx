import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { headers } from "next/headers";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { EarlyPresses } from "@/components/shell/early-presses";
import { Providers } from "@/components/shell/providers";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Leadwright", template: "%s · Leadwright" },
  description: "From a list of people to a booked meeting.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f7f6f5" },
    { media: "(prefers-color-scheme: dark)", color: "#161514" },
  ],
};

/** Records and keys to copy are drawn in it, a few pages of all: as a font of the first load it would be a sixth of every page. */
const GeistMono = localFont({
  src: "../node_modules/geist/dist/fonts/geist-mono/GeistMono-Variable.woff2",
  variable: "--font-geist-mono",
  weight: "100 900",
  adjustFontFallback: false,
  preload: false,
});

export default async function RootLayout({ children }: { children: ReactNode }) {
  // A nonce belongs to one request, so no document may be rendered ahead of it.
  await connection();
  const nonce = (await headers()).get("x-nonce") ?? undefined;

  return (
    <html lang="en" suppressHydrationWarning className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <body>
        <EarlyPresses nonce={nonce} />
        <Providers {...(nonce && { nonce })}>{children}</Providers>
      </body>
    </html>
  );
}
