import { CronExpressionParser } from "cron-parser";

/** Inngest's form: five or six fields in UTC, or after `TZ=Europe/Lisbon `. */
export function readCron(expression: string): { fields: string; zone: string } {
  const match = /^(?:TZ=(\S+)\s+)?(.+)$/.exec(expression.trim());
  const cron = { fields: match?.[2] ?? "", zone: match?.[1] ?? "UTC" };
  CronExpressionParser.parse(cron.fields, { tz: cron.zone, currentDate: 0 });
  return cron;
}

/** The first instant after `after`. Missed ones are not made up for: a sweep needs to run once. */
export function nextCronAt(expression: string, after: Date): Date {
  const { fields, zone } = readCron(expression);
  return CronExpressionParser.parse(fields, { tz: zone, currentDate: after }).next().toDate();
}
