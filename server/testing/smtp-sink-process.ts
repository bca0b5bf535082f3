// A sink in a process of its own: `node server/testing/smtp-sink-process.ts <log file> <answer after ms>`. Prints its port, ends with its parent.
import { startSink } from "./smtp-sink.ts";

const [, , logFile = "", answerAfterMs = "0"] = process.argv;
const sink = await startSink({ ...(logFile && { logFile }), answerAfterMs: Number(answerAfterMs) });
process.stdout.write(`${sink.port}\n`);
process.stdin.on("end", () => process.exit(0)).resume();
