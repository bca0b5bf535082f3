import type { Inngest } from "inngest";
import type { Trace } from "./trace.ts";

/** An engine that runs the functions: ours, or an Inngest server. */
export type Target = {
  client: Inngest.Any;
  trace: Trace;
  /** sets this run apart from earlier ones on the same server */
  session: string;
  /** lets time go by */
  pause: (ms: number) => Promise<void>;
  /** inside a step: takes a while, so that others can overlap */
  work: () => Promise<void>;
};

export type Payload = { session: string; tag: string } & Record<string, unknown>;

export async function send(target: Target, name: string, tag: string, data: Record<string, unknown> = {}): Promise<void> {
  await target.client.send({ name, data: { ...data, session: target.session, tag } });
}
