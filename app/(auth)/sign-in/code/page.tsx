import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getSessionOf } from "#server/auth/session.ts";
import { AuthCard } from "@/components/auth/auth-card";
import { CodeForm } from "@/components/auth/code-form-route";
import { safePath } from "@/components/auth/safe-path";

export const metadata: Metadata = { title: "Second step" };

export default async function CodePage({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  const { next } = await searchParams;
  const session = await getSessionOf();
  if (!session?.pending) redirect(session ? safePath(next) : "/sign-in");
  return (
    <AuthCard title="Enter your code" lead={`The six digits for ${session.pending.email} in your authenticator app, or a recovery code.`}>
      <CodeForm next={safePath(next)} />
    </AuthCard>
  );
}
