"use client";

type Purpose = { kind: "none" } | { kind: "link" } | { kind: "invitation"; token: string };

/** Says what this is for, then goes to Google or Microsoft. Resolves to a sentence only when it could not begin. */
export async function beginOutside(provider: string, purpose: Purpose, callbackUrl: string): Promise<string | null> {
  const answer = await fetch("/api/auth-intent", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(purpose),
  }).catch(() => null);
  if (!answer?.ok) return "Leadwright does not answer. Try again in a moment.";
  const { signIn } = await import("next-auth/react");
  await signIn(provider, { callbackUrl });
  return null;
}
