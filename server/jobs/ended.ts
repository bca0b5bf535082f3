import * as z from "zod";

type End = "failed" | "cancelled";

/** The triggers of a job that says, for those who watch, how another ended: after a failure or a cancellation its own last step never runs. */
export function endsOf(functionId: string, ends: readonly End[] = ["failed", "cancelled"]) {
  return ends.map((end) => ({ event: `inngest/function.${end}`, if: `event.data.function_id == 'leadwright-${functionId}'` }));
}

const asked = z.looseObject({ workspaceId: z.string() });
const endedShape = z.object({ name: z.string(), data: z.object({ event: z.object({ data: asked }) }) });

/** How it ended, and what it had been asked for. */
export function readEnd(event: unknown): { how: End; asked: z.infer<typeof asked> } {
  const { data, name } = endedShape.parse(event);
  return { how: name.endsWith(".cancelled") ? "cancelled" : "failed", asked: data.event.data };
}
