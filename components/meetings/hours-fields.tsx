"use client";
import { Plus, X } from "lucide-react";
import { weekdays } from "#server/meetings/constants.ts";
import type { Weekday, WeeklyHours } from "#server/meetings/schema.ts";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";

const NAMES: Record<Weekday, string> = {
  mon: "Monday",
  tue: "Tuesday",
  wed: "Wednesday",
  thu: "Thursday",
  fri: "Friday",
  sat: "Saturday",
  sun: "Sunday",
};
const MOST_SPANS = 6;

/** Spans of working hours per weekday; a day without one is a day off. */
export function HoursFields({ hours, onChange }: { hours: WeeklyHours; onChange: (hours: WeeklyHours) => void }) {
  const setDay = (day: Weekday, spans: [string, string][]) => onChange({ ...hours, [day]: spans });
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-medium">Hours</legend>
      {weekdays.map((day) => {
        const spans = hours[day] ?? [];
        return (
          <div key={day} className="grid grid-cols-[88px_1fr_auto] items-start gap-2 text-sm">
            <span className="flex h-8 items-center">{NAMES[day]}</span>
            <div className="grid gap-1">
              {spans.length === 0 && <span className="flex h-8 items-center text-muted">Off</span>}
              {spans.map(([from, to], index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: spans have no identity of their own
                <div key={index} className="flex items-center gap-1">
                  <Input
                    type="time"
                    aria-label={`${NAMES[day]} from`}
                    value={from}
                    onChange={(event) =>
                      setDay(
                        day,
                        spans.map((span, at) => (at === index ? [event.target.value, span[1]] : span)),
                      )
                    }
                  />
                  <span className="text-muted">to</span>
                  <Input
                    type="time"
                    aria-label={`${NAMES[day]} to`}
                    value={to}
                    onChange={(event) =>
                      setDay(
                        day,
                        spans.map((span, at) => (at === index ? [span[0], event.target.value] : span)),
                      )
                    }
                  />
                  <IconButton
                    label={`Remove these hours of ${NAMES[day]}`}
                    onClick={() =>
                      setDay(
                        day,
                        spans.filter((_, at) => at !== index),
                      )
                    }
                  >
                    <X />
                  </IconButton>
                </div>
              ))}
            </div>
            {spans.length < MOST_SPANS && (
              <IconButton
                label={`Add hours on ${NAMES[day]}`}
                onClick={() => setDay(day, [...spans, spans.length === 0 ? ["09:00", "17:00"] : ["18:00", "19:00"]])}
              >
                <Plus />
              </IconButton>
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
