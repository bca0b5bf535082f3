import { answerUnsubscribe, viewUnsubscribe } from "#server/compliance/commands/answer-unsubscribe.ts";
import { reachabilityAnswer } from "#server/compliance/commands/prove-reachable.ts";
import { unsubscribePage } from "#server/compliance/domain/unsubscribe-page.ts";
import { AppError } from "#server/core/errors.ts";
import { logger } from "#server/core/logger.ts";
import { readAtMost } from "#server/core/read-at-most.ts";

type Context = { params: Promise<{ token: string }> };

const CHALLENGE = /^[0-9a-f-]{36}$/;
const MOST_BODY_BYTES = 10_000;
const ONE_CLICK_PART = /name="?List-Unsubscribe"?[^\r\n]*(?:\r?\n[^\r\n]+)*\r?\n\r?\nOne-Click\s/i;

/** Shows the page. Scanners and previews follow links, so looking never unsubscribes anybody. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  const challenge = new URL(request.url).searchParams.get("challenge") ?? "";
  if (token === "reachable" && CHALLENGE.test(challenge))
    return new Response(reachabilityAnswer(challenge), { headers: { "content-type": "text/plain" } });
  return answered(async () => {
    const view = await viewUnsubscribe(token);
    return view ? page(unsubscribePage(view), 200) : page(unsubscribePage(null), 404);
  });
}

/** The button of the page, and the one click of RFC 8058, which mail providers press for their reader. No session, so no origin to check. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  return answered(async () => {
    // Who sends more than any form holds is not read to the end; the wish itself stands in the address.
    const text = (await readAtMost(request, MOST_BODY_BYTES))?.toString() ?? "";
    const body = new URLSearchParams(text);
    const isKnown = await answerUnsubscribe(token, body.get("scope") === "company" ? "company" : "person");
    if (!isKnown) return page(unsubscribePage(null), 404);
    // A redirect is an answer for people: who presses for their reader may not follow one, and may send the form in parts.
    if (body.get("List-Unsubscribe") === "One-Click" || ONE_CLICK_PART.test(text)) return new Response(null, { status: 200 });
    // Reloading the answer does nothing again.
    return new Response(null, { status: 303, headers: { location: `/u/${token}` } });
  });
}

async function answered(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    logger.error({ err: error }, "unsubscribe page failed");
    const isDown = error instanceof AppError && error.code === "DATABASE_UNAVAILABLE";
    return page(unsubscribePage("unavailable"), isDown ? 503 : 500);
  }
}

function page(html: string, status: number): Response {
  return new Response(html, {
    status,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "private, no-store", "x-robots-tag": "noindex" },
  });
}
