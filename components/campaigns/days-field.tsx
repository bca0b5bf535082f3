"use client";
import { Chip } from "@/components/ui/chip";

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

export function DaysField({ value, onChange }: { value: readonly number[]; onChange: (days: number[]) => void }) {
  return (
    <fieldset className="flex flex-wrap gap-1">
      <legend className="sr-only">Days on which mails leave</legend>
      {DAYS.map((name, index) => {
        const day = index + 1;
        const isOn = value.includes(day);
        return (
          <Chip key={name} pressed={isOn} onClick={() => onChange(isOn ? value.filter((other) => other !== day) : [...value, day].sort())}>
            {name}
          </Chip>
        );
      })}
    </fieldset>
  );
}
