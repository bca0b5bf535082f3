import type { Metadata } from "next";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { SigningInPage } from "@/components/signing-in/signing-in-page";

export const metadata: Metadata = { title: "Signing in" };

export default function SigningInSettingsPage() {
  void getQueryClient().prefetchQuery(trpc.auth.signingIn.queryOptions());
  return (
    <HydrateClient>
      <SigningInPage />
    </HydrateClient>
  );
}
