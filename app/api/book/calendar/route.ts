import { AppError } from "#server/core/errors.ts";
import { calendarByLink } from "#server/meetings/commands/book-publicly.ts";

/** "Add to calendar" for who holds the meeting's own link. */
export async function GET(request: Request): Promise<Response> {
  const token = new URL(request.url).searchParams.get("token") ?? "";
  try {
    const calendar = await calendarByLink({ token });
    if (!calendar) return new Response("This meeting no longer exists.", { status: 404 });
    return new Response(calendar, {
      headers: {
        "content-type": "text/calendar; charset=utf-8",
        "content-disposition": 'attachment; filename="meeting.ics"',
        "cache-control": "private, no-store",
      },
    });
  } catch (error) {
    if (error instanceof AppError) return new Response(error.message, { status: error.code === "NOT_FOUND" ? 404 : 503 });
    throw error;
  }
}
