"use client";
import { Chip } from "@/components/ui/chip";
import { Input } from "@/components/ui/input";

export type Hours = { days: number[]; from: string; to: string };

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Days and one span of working hours. */
export function HoursField({
  value,
  onChange,
  problem,
  label = "Working hours",
}: {
  value: Hours;
  onChange: (hours: Hours) => void;
  problem?: string | undefined;
  label?: string;
}) {
  const toggle = (day: number) =>
    onChange({
      ...value,
      days: value.days.includes(day) ? value.days.filter((each) => each !== day) : [...value.days, day].toSorted((a, b) => a - b),
    });
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-medium">{label}</legend>
      <div className="flex flex-wrap gap-1">
        {DAYS.map((name, index) => (
          <Chip key={name} pressed={value.days.includes(index + 1)} onClick={() => toggle(index + 1)}>
            {name}
          </Chip>
        ))}
      </div>
      <div className="flex items-center gap-2 text-sm">
        <Input
          inputMode="numeric"
          placeholder="09:00"
          maxLength={5}
          aria-label="From"
          value={value.from}
          onChange={(event) => onChange({ ...value, from: event.target.value })}
          className="w-20!"
        />
        to
        <Input
          inputMode="numeric"
          placeholder="09:00"
          maxLength={5}
          aria-label="To"
          value={value.to}
          onChange={(event) => onChange({ ...value, to: event.target.value })}
          className="w-20!"
        />
      </div>
      {problem && (
        <p role="alert" className="text-xs text-bad">
          {problem}
        </p>
      )}
    </fieldset>
  );
}
