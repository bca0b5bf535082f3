"use client";
import type { Control } from "react-hook-form";
import type * as z from "zod";
import type { connectMailboxInput } from "#server/mailboxes/schema.ts";
import { asText, FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";

type Values = z.input<typeof connectMailboxInput>;
type Output = z.output<typeof connectMailboxInput>;

const SECURITY = [
  { value: "tls", label: "TLS" },
  { value: "starttls", label: "STARTTLS" },
  { value: "none", label: "None" },
] as const;

/** Both servers, filled in from the address; rarely changed. */
export function ServerFields({ control, hint }: { control: Control<Values, unknown, Output>; hint: string | undefined }) {
  return (
    <>
      <OneServer control={control} name="smtp" title="Sending (SMTP)" hint={hint} />
      <OneServer control={control} name="imap" title="Reading (IMAP)" hint={undefined} />
      <FormField control={control} name="imapPassword" label="Other password for reading" hint="Only when reading uses another one.">
        {(field) => <Input {...asText(field)} type="password" autoComplete="off" />}
      </FormField>
    </>
  );
}

function OneServer({
  control,
  name,
  title,
  hint,
}: {
  control: Control<Values, unknown, Output>;
  name: "smtp" | "imap";
  title: string;
  hint: string | undefined;
}) {
  return (
    <fieldset className="grid gap-3 border-t border-line pt-3">
      <legend className="text-sm font-semibold">{title}</legend>
      {hint && <p className="text-xs text-muted">{hint}</p>}
      <FormField control={control} name={`${name}.host`} label="Server">
        {(field) => <Input {...asText(field)} spellCheck={false} />}
      </FormField>
      <div className="grid grid-cols-2 gap-3">
        <FormField control={control} name={`${name}.port`} label="Port">
          {(field) => <Input {...asText(field)} inputMode="numeric" />}
        </FormField>
        <FormField control={control} name={`${name}.security`} label="Encryption">
          {(field) => (
            <Select id={field.id} options={SECURITY} value={field.value as "tls" | "starttls" | "none"} onChange={field.onChange} />
          )}
        </FormField>
      </div>
      <FormField control={control} name={`${name}.user`} label="User name">
        {(field) => <Input {...asText(field)} spellCheck={false} autoComplete="off" />}
      </FormField>
    </fieldset>
  );
}
