import { startSink } from "../server/testing/smtp-sink.ts";

/** The other side: an SMTP server without delay in a process of its own. It counts; nobody else's word is taken. */
const sink = await startSink({ password: "right" });
process.on("message", (question: "count" | "report" | "reset") => {
  const taken = sink.lines.filter((line) => line.event === "taken");
  if (question === "count") process.send?.({ kind: "count", count: taken.length });
  if (question === "reset") sink.lines.length = 0;
  if (question === "report") {
    const firstAt = sink.lines.reduce((least, line) => Math.min(least, line.at), Number.POSITIVE_INFINITY);
    const lastAt = taken.reduce((most, line) => Math.max(most, line.at), 0);
    process.send?.({ kind: "report", taken: taken.length, people: new Set(taken.map((line) => line.to)).size, firstAt, lastAt });
  }
});
process.on("disconnect", () => process.exit(0));
process.send?.({ kind: "ready", port: sink.port });
