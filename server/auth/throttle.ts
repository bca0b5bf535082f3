import { createLimit } from "#server/core/limits.ts";

/** Guesses are counted per address and per origin. */
const perAddress = createLimit({ name: "sign-in-address", points: 8, durationS: 15 * 60 });
const perOrigin = createLimit({ name: "sign-in-origin", points: 40, durationS: 15 * 60 });

/** @throws QUOTA_EXCEEDED with the time to wait. Call `forgiveAddress` after a success. */
export async function countGuess(email: string, origin: string): Promise<void> {
  await Promise.all([perAddress.consume(email), perOrigin.consume(origin)]);
}

export async function forgiveAddress(email: string): Promise<void> {
  await perAddress.forgive(email);
}
