import { createLimit } from "#server/core/limits.ts";

const say = (minutes: number): string => `Too many tries from here. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`;

/** The second limit holds when many addresses ask. */
const perOrigin = createLimit({ name: "book-origin", points: 20, durationS: 3_600, say });
const perPage = createLimit({ name: "book-page", points: 300, durationS: 3_600, say });

/** @throws QUOTA_EXCEEDED with the time to wait. */
export async function throttleVisitor(origin: string, page: string): Promise<void> {
  await perOrigin.consume(origin);
  await perPage.consume(page);
}
