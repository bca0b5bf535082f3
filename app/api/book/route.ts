import { addressOf } from "#server/core/client-address.ts";
import { AppError } from "#server/core/errors.ts";
import { logger } from "#server/core/logger.ts";
import { readAtMost } from "#server/core/read-at-most.ts";
import { bookPublicly, cancelByLink, moveByLink } from "#server/meetings/commands/book-publicly.ts";
import { throttleVisitor } from "#server/meetings/commands/throttle-visitor.ts";
import { moveByLinkInput, publicBookingInput } from "#server/meetings/schema.ts";
import { isOwnOrigin } from "#server/trpc/origin.ts";

const MOST_BYTES = 16_384;

/** The last step of the public pages: a plain form, so that it works without script. Every answer is a redirect to a page. */
export async function POST(request: Request): Promise<Response> {
  if (!isOwnOrigin(request)) return new Response("This form was sent from another site.", { status: 403 });
  const type = request.headers.get("content-type") ?? "";
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)/.test(type)) return new Response("Send the form.", { status: 415 });
  const body = await readAtMost(request, MOST_BYTES);
  if (!body) return new Response("This is too long.", { status: 413 });
  const sent = await new Response(body, { headers: { "content-type": type } }).formData().catch(() => null);
  if (!sent) return new Response("This form is not complete.", { status: 400 });
  const form = new Map([...sent].map(([key, value]) => [key, typeof value === "string" ? value : ""]));
  const act = form.get("act");
  const origin = addressOf(request.headers);
  try {
    await throttleVisitor(origin, form.get("slug") ?? form.get("token") ?? "");
    if (act === "book") return await book(form);
    if (act === "move") return await move(form);
    if (act === "cancel") return await cancel(form);
    return new Response("This form is not complete.", { status: 400 });
  } catch (error) {
    return back(form, problemOf(error));
  }
}

type Form = Map<string, string>;

async function book(form: Form): Promise<Response> {
  const parsed = publicBookingInput.safeParse({
    slug: form.get("slug"),
    startsAt: new Date(form.get("at") ?? ""),
    attendeeName: form.get("name"),
    attendeeEmail: form.get("email"),
    attendeeZone: form.get("zone"),
    guests: (form.get("guests") ?? "").split(/[\s,;]+/).filter(Boolean),
    answer: form.get("answer") || null,
    ...(form.get("l") && { linkToken: form.get("l") }),
  });
  if (!parsed.success) return back(form, String(parsed.error.issues[0]?.path[0] ?? "form"));
  const answer = await bookPublicly(parsed.data);
  return answer.outcome === "booked" ? to(`/book/manage/${answer.manageToken}?done=booked`) : back(form, "taken");
}

async function move(form: Form): Promise<Response> {
  const parsed = moveByLinkInput.safeParse({ token: form.get("token") ?? "", startsAt: new Date(form.get("at") ?? "") });
  if (!parsed.success) return back(form, "startsAt");
  const answer = await moveByLink(parsed.data);
  return answer.outcome === "moved" ? to(`/book/manage/${parsed.data.token}?done=moved`) : back(form, "taken");
}

async function cancel(form: Form): Promise<Response> {
  await cancelByLink({ token: form.get("token") ?? "" });
  return to(`/book/manage/${form.get("token")}?done=cancelled`);
}

/** Back to the form with the name of what is wrong; never with what was typed, which would end in logs. */
function back(form: Form, problem: string): Response {
  const token = form.get("token");
  const kept = new URLSearchParams({ problem });
  for (const key of ["at", "zone", "l"]) {
    const value = form.get(key);
    if (value) kept.set(key, value);
  }
  if (token) kept.set("move", "1");
  return to(`${token ? `/book/manage/${encodeURIComponent(token)}` : `/book/${encodeURIComponent(form.get("slug") ?? "")}`}?${kept}`);
}

function problemOf(error: unknown): string {
  if (!(error instanceof AppError)) logger.error({ err: error }, "a public booking failed");
  const code = error instanceof AppError ? error.code : "";
  return (
    { QUOTA_EXCEEDED: "throttled", INVALID_INPUT: "startsAt", INVALID_STATE: "closed", NOT_FOUND: "closed", CONFLICT: "taken" }[
      code as string
    ] ?? "failed"
  );
}

function to(location: string): Response {
  return new Response(null, { status: 303, headers: { location, "cache-control": "private, no-store", "referrer-policy": "no-referrer" } });
}
