"use client";

type Purpose = { kind: "none" } | { kind: "link" } | { kind: "invitation"; token: string };

/** Says what this is for, then goes to Google or Microsoft. Resolves to a sentence only when it could not begin. */
export async function beginOutside(provider: string, purpose: Purpose, callbackUrl: string): Promise<string | null> {
  const answer = await fetch("/api/auth-intent", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(purpose),
  }).catch(() => null);
  if (!answer?.ok) return (await refusalOf(answer)) ?? "Leadwright does not answer. Try again in a moment.";
  const { signIn } = await import("next-auth/react");
  await signIn(provider, { callbackUrl });
  return null;
}

/** Why it said no, in its own sentence: a session that is over is no Leadwright that is down. */
async function refusalOf(answer: Response | null): Promise<string | null> {
  const problem: { detail?: unknown } | null = (await answer?.json().catch(() => null)) ?? null;
  return typeof problem?.detail === "string" ? problem.detail : null;
}
