import { pino } from "pino";
import { env } from "./env.ts";

/** One line of JSON per event. Ids and counts only: never an address, a name or a body. */
export const logger = pino({ level: env.NODE_ENV === "test" ? "silent" : env.LOG_LEVEL, base: null });
