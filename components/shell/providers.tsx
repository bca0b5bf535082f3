"use client";
import { CSPProvider } from "@base-ui/react/csp-provider";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { MissingParts } from "@/components/ui/missing-parts";
import { Toaster } from "@/components/ui/toast";

/** What every page needs, signed in or not: theme, address state, toasts and what has not come. */
export function Providers({ nonce, children }: { nonce?: string; children: ReactNode }) {
  return (
    <CSPProvider nonce={nonce}>
      <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange {...(nonce && { nonce })}>
        <NuqsAdapter>
          {children}
          <Toaster />
          <MissingParts />
        </NuqsAdapter>
      </ThemeProvider>
    </CSPProvider>
  );
}
