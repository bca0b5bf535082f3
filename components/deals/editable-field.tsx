"use client";
import { useEffect, useId, useRef, useState } from "react";
import { Input } from "@/components/ui/input";
import { useKeys } from "@/components/ui/keys/use-keys";
import { Labelled } from "@/components/ui/labelled";

type Props = {
  label: string;
  value: string;
  disabled?: boolean;
  hotkey?: string;
  /** A sentence when the text cannot be saved. */
  check?: (text: string) => string | null;
  onSave: (text: string) => void;
};

/** Saved when it is left or Enter is pressed; Escape brings back what was there. */
export function EditableField({ label, value, disabled, hotkey, check, onSave }: Props) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  // Not while somebody types: the answer to what they typed before, or a colleague's change, would take the words from under their hands.
  const isTyped = useRef(false);
  useEffect(() => {
    if (isTyped.current && document.activeElement === input.current) return;
    isTyped.current = false;
    setText(value);
  }, [value]);
  const problem = check?.(text) ?? undefined;
  useKeys(hotkey ? [{ keys: hotkey, label: `Edit ${label.toLowerCase()}`, run: () => input.current?.focus() }] : [], {
    enabled: !disabled,
  });
  const save = () => {
    // Who only stood in the field says nothing: what a colleague wrote meanwhile is not what was there before.
    if (isTyped.current && text.trim() !== value && !problem) onSave(text.trim());
  };
  return (
    <div className="mb-3 max-w-form">
      <Labelled id={id} label={label} problem={problem}>
        <Input
          ref={input}
          id={id}
          maxLength={300}
          disabled={disabled}
          value={text}
          onChange={(event) => {
            isTyped.current = true;
            setText(event.target.value);
          }}
          onBlur={save}
          onKeyDown={(event) => {
            if (event.key === "Enter") event.currentTarget.blur();
            if (event.key === "Escape") setText(value);
          }}
        />
      </Labelled>
    </div>
  );
}
