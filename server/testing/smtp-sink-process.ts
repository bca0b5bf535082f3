// A sink in a process of its own: `node server/testing/smtp-sink-process.ts <log file> <answer after ms> [<at most ms>]`. Prints its port,
// ends with its parent.
import { startSink } from "./smtp-sink.ts";

const [, , logFile = "", least = "0", most = least] = process.argv;
const answerAfterMs = () => Number(least) + Math.random() * (Number(most) - Number(least));
const sink = await startSink({ ...(logFile && { logFile }), answerAfterMs });
process.stdout.write(`${sink.port}\n`);
process.stdin.on("end", () => process.exit(0)).resume();
