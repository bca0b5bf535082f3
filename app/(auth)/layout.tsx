import type { ReactNode } from "react";
import { TrpcProvider } from "@/components/trpc/provider";

/** The pages before a workspace is open: one column, no rail. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <TrpcProvider key="nobody" workspaceId={null}>
      <main className="flex min-h-dvh flex-col items-center px-4 pt-[12vh] pb-12">
        <p className="mb-8 text-lg font-semibold">Leadwright</p>
        {children}
      </main>
    </TrpcProvider>
  );
}
