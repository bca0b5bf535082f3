"use client";
import { type ReactNode, useId } from "react";
import { type Control, Controller, type FieldPath, type FieldValues } from "react-hook-form";
import { Labelled } from "./labelled";

export type FieldProps = {
  id: string;
  name: string;
  value: unknown;
  onChange: (value: unknown) => void;
  onBlur: () => void;
  "aria-invalid": boolean | undefined;
  "aria-describedby": string | undefined;
};

type FormFieldProps<Values extends FieldValues, Transformed> = {
  control: Control<Values, unknown, Transformed>;
  name: FieldPath<Values>;
  label: ReactNode;
  hint?: ReactNode;
  /** Spread on an Input or Textarea: `{(field) => <Input {...asText(field)} />}`; or take value and onChange for other controls. */
  children: (field: FieldProps) => ReactNode;
};

/** Label, control, hint and the problem, wired for screen readers. Use with react-hook-form and a zod schema. */
export function FormField<Values extends FieldValues, Transformed = Values>({
  control,
  name,
  label,
  hint,
  children,
}: FormFieldProps<Values, Transformed>) {
  const id = useId();
  return (
    <Controller
      control={control}
      name={name}
      render={({ field, fieldState }) => {
        const problem = fieldState.error?.message;
        const describedBy = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(" ") || undefined;
        return (
          <Labelled id={id} label={label} hint={hint} problem={problem}>
            {children({
              id,
              name: field.name,
              value: field.value,
              onChange: field.onChange,
              onBlur: field.onBlur,
              "aria-invalid": problem ? true : undefined,
              "aria-describedby": describedBy,
            })}
          </Labelled>
        );
      }}
    />
  );
}

/** The props of a text input from a field. */
export function asText(field: FieldProps) {
  return {
    ...field,
    value: typeof field.value === "string" || typeof field.value === "number" ? field.value : "",
    onChange: (event: { target: { value: string } }) => field.onChange(event.target.value),
  };
}
