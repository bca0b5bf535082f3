import { type DestinationStream, type Logger, pino } from "pino";
import { env } from "./env.ts";
import { safeFields } from "./safe-fields.ts";
import { currentEvent } from "./wide-event.ts";

/**
 * One line of JSON per event. Ids and counts only: never an address, a name or a body. Whatever a caller hands over passes
 * server/core/safe-fields.ts here, so that a careless line cannot leak; the sentence is a constant of the code.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    // Already made safe below: nothing is to be unfolded again.
    serializers: { err: (value: unknown) => value },
    mixin: () => {
      const event = currentEvent();
      // A copy: pino adds the fields of the line to whatever it is given here.
      return event ? { ...event.ids } : {};
    },
    hooks: {
      logMethod(this: Logger, args: Parameters<pino.LogFn>, method: pino.LogFn): void {
        const [first, second] = args as [unknown, unknown];
        const sentence =
          typeof first === "string" ? first : typeof second === "string" ? second : "something was logged without a sentence";
        const fields = first instanceof Error ? { err: first } : typeof first === "object" && first !== null ? first : {};
        method.call(this, safeFields(fields), sentence);
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

export const logger: Logger = createLogger(env.NODE_ENV === "test" ? "silent" : env.LOG_LEVEL);
