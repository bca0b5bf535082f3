"use client";

/** Where to go next, or the sentence that says why not. */
export async function signInWithPassword(input: { email: string; password: string }): Promise<string | null> {
  const { signIn } = await import("next-auth/react");
  const answer = await signIn("credentials", { ...input, redirect: false }).catch(() => null);
  if (!answer) return "Leadwright does not answer. Try again in a moment.";
  if (answer.ok && !answer.error) return null;
  return !answer.error || answer.error === "CredentialsSignin" ? "This address and password do not belong together." : answer.error;
}
