"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type * as z from "zod";
import { createApiKeyInput } from "#server/api-keys/schema.ts";
import { can, permissions } from "#server/auth/constants.ts";
import { useSession } from "@/components/shell/session";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { CopyField } from "@/components/ui/copy-field";
import { Sheet } from "@/components/ui/dialog";
import { asText, FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { Select } from "@/components/ui/select";

type Values = z.input<typeof createApiKeyInput>;
const EMPTY: Values = { name: "", scopes: ["leads:read"], validDays: 365 };
const VALID = [
  { value: "90", label: "90 days" },
  { value: "365", label: "A year" },
  { value: "", label: "Until it is withdrawn" },
];

/** The key is shown once, then only its beginning. */
export function CreateKeySheet({
  open,
  onOpenChange,
  onCreated,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onCreated: () => void;
}) {
  const trpc = useTRPC();
  const { role } = useSession();
  const [key, setKey] = useState<string | null>(null);
  const form = useForm<Values, unknown, z.output<typeof createApiKeyInput>>({
    resolver: zodResolver(createApiKeyInput),
    defaultValues: EMPTY,
  });
  const create = useMutation(
    trpc.apiKeys.create.mutationOptions({
      onSuccess: (made) => {
        setKey(made.key);
        onCreated();
      },
    }),
  );
  const close = (next: boolean) => {
    onOpenChange(next);
    if (next) return;
    setKey(null);
    form.reset(EMPTY);
    create.reset();
  };
  const scopes = form.watch("scopes");
  const toggle = (scope: Values["scopes"][number], on: boolean) =>
    form.setValue("scopes", on ? [...scopes, scope] : scopes.filter((each) => each !== scope), { shouldValidate: true });
  const all = scopes.includes("*");

  return (
    <Sheet
      open={open}
      onOpenChange={close}
      title="Make a key"
      description={key ? undefined : "It can do at most what you may do, and stops when you leave the workspace."}
      actions={
        key ? (
          <Button variant="primary" onClick={() => close(false)}>
            Done
          </Button>
        ) : (
          <>
            <Button variant="quiet" onClick={() => close(false)}>
              Cancel
            </Button>
            <Button type="submit" form="key" variant="primary" busy={create.isPending}>
              Make the key
            </Button>
          </>
        )
      }
    >
      {key ? (
        <div className="grid gap-3">
          <p className="text-base">Copy it now: it is not shown again.</p>
          <CopyField value={key} label="API key" />
        </div>
      ) : (
        <form id="key" onSubmit={form.handleSubmit((values) => create.mutate(values))} noValidate className="grid gap-4">
          <FormField control={form.control} name="name" label="What is it for?">
            {(field) => <Input {...asText(field)} placeholder="Nightly export" />}
          </FormField>
          <FormField control={form.control} name="validDays" label="Works for">
            {(field) => (
              <Select
                id={field.id}
                options={VALID}
                value={field.value === null ? "" : String(field.value)}
                onChange={(days) => field.onChange(days === "" ? null : Number(days))}
              />
            )}
          </FormField>
          <fieldset className="grid gap-2">
            <legend className="mb-1 text-sm font-medium">It may</legend>
            <Checkbox checked={all} onChange={(on) => form.setValue("scopes", on ? ["*"] : ["leads:read"])}>
              Everything I may
            </Checkbox>
            {!all && (
              <div className="grid gap-1.5 sm:grid-cols-2">
                {permissions
                  .filter((permission) => can(role, permission))
                  .map((permission) => (
                    <Checkbox key={permission} checked={scopes.includes(permission)} onChange={(on) => toggle(permission, on)}>
                      {permission}
                    </Checkbox>
                  ))}
              </div>
            )}
            {form.formState.errors.scopes?.message && (
              <p role="alert" className="text-xs text-bad">
                {form.formState.errors.scopes.message}
              </p>
            )}
          </fieldset>
          <Problem>{create.error && sentenceOf(create.error)}</Problem>
        </form>
      )}
    </Sheet>
  );
}
