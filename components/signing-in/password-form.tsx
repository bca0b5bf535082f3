"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import type * as z from "zod";
import { changePasswordInput } from "#server/auth/schema.ts";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { asText, FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Problem, sentenceOf } from "@/components/ui/list-states";

export function PasswordForm({ email, hasPassword }: { email: string; hasPassword: boolean }) {
  const trpc = useTRPC();
  const form = useForm<z.infer<typeof changePasswordInput>>({
    resolver: zodResolver(changePasswordInput),
    defaultValues: { current: "", next: "" },
  });
  // Every session ends, this one too: a new document begins with the new password.
  const change = useMutation(trpc.auth.changePassword.mutationOptions({ onSuccess: () => window.location.assign("/sign-in") }));
  if (!hasPassword)
    return <p className="text-base">You have none. An admin of your workspace can make you a link to choose one, under Team.</p>;
  return (
    <form method="post" noValidate className="grid gap-4" onSubmit={form.handleSubmit((values) => change.mutate(values))}>
      <input type="text" name="username" autoComplete="username" defaultValue={email} hidden readOnly />
      <FormField control={form.control} name="current" label="Current password">
        {(field) => <Input {...asText(field)} type="password" autoComplete="current-password" />}
      </FormField>
      <FormField control={form.control} name="next" label="New password" hint="At least 10 characters. You are then signed out everywhere.">
        {(field) => <Input {...asText(field)} type="password" autoComplete="new-password" />}
      </FormField>
      <Problem>{change.error && sentenceOf(change.error)}</Problem>
      <div>
        <Button type="submit" busy={change.isPending || change.isSuccess}>
          Change the password
        </Button>
      </div>
    </form>
  );
}
