"use client";
import { CalendarDays } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Input } from "./input";
import { useClock } from "./time/clock";
import { dayInWords, dayOrderOf, readDay } from "./time/read-day";

type DateFieldProps = {
  id?: string | undefined;
  label?: string | undefined;
  /** "2026-04-03" or nothing */
  value: string | null;
  onChange: (day: string | null) => void;
  /** The first day that may be chosen. */
  min?: string | undefined;
  disabled?: boolean | undefined;
  className?: string;
};

/** A day, typed in the person's own order and shown as "3 Apr 2026", which nobody mistakes; or picked from the browser's calendar. */
export function DateField({ id, label, value, onChange, min, disabled, className }: DateFieldProps) {
  const { now } = useClock();
  const picker = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value ? dayInWords(value) : "");
  const [isWrong, setWrong] = useState(false);
  const isTyped = useRef(false);
  // A colleague's day does not take the one that is being typed.
  useEffect(() => {
    if (!isTyped.current) setText(value ? dayInWords(value) : "");
  }, [value]);
  const take = () => {
    // Who only stood in the field says nothing.
    if (!isTyped.current) return;
    if (text.trim() === "") {
      setWrong(false);
      isTyped.current = false;
      if (value) onChange(null);
      return;
    }
    const day = readDay(text, dayOrderOf(navigator.language), now.getUTCFullYear());
    const isTaken = day !== null && (!min || day >= min);
    setWrong(!isTaken);
    if (!isTaken) return;
    isTyped.current = false;
    setText(dayInWords(day));
    if (day !== value) onChange(day);
  };
  return (
    <span className={className}>
      <span className="relative block w-40 phone:w-full">
        <Input
          id={id}
          aria-label={label}
          aria-invalid={isWrong || undefined}
          disabled={disabled}
          placeholder="day month year"
          autoComplete="off"
          value={text}
          onChange={(event) => {
            isTyped.current = true;
            setText(event.target.value);
          }}
          onBlur={take}
          onKeyDown={(event) => event.key === "Enter" && take()}
          className="pr-9"
        />
        <button
          type="button"
          aria-label="Show the calendar"
          disabled={disabled}
          onClick={() => picker.current?.showPicker()}
          className="absolute inset-y-0 right-0 flex w-8 items-center justify-center text-muted hover:text-ink phone:w-11"
        >
          <CalendarDays aria-hidden="true" className="size-4" />
        </button>
        <input
          ref={picker}
          type="date"
          tabIndex={-1}
          aria-hidden="true"
          min={min}
          value={value ?? ""}
          onChange={(event) => {
            setWrong(false);
            isTyped.current = false;
            onChange(event.target.value || null);
          }}
          className="pointer-events-none absolute right-0 bottom-0 size-px opacity-0"
        />
      </span>
      {isWrong && (
        <span role="alert" className="mt-1 block text-xs text-bad">
          {min && readDay(text, "dmy", now.getUTCFullYear()) ? `Choose ${dayInWords(min)} or later.` : "Write a day such as 3 Apr 2026."}
        </span>
      )}
    </span>
  );
}
