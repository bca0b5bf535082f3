"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import * as z from "zod";
import { passwordInput } from "#server/auth/schema.ts";
import { useTRPC } from "@/components/trpc/client";
import { Button, ButtonLink } from "@/components/ui/button";
import { asText, FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Problem, sentenceOf } from "@/components/ui/list-states";

const shape = z.object({ password: passwordInput });

export function ResetForm({ token }: { token: string }) {
  const trpc = useTRPC();
  const form = useForm<z.infer<typeof shape>>({ resolver: zodResolver(shape), defaultValues: { password: "" } });
  const reset = useMutation(trpc.auth.resetPassword.mutationOptions());
  if (reset.data) {
    return (
      <div className="grid gap-4">
        <p className="text-base">The new password works for {reset.data.email}.</p>
        <ButtonLink href="/sign-in" variant="primary">
          Sign in
        </ButtonLink>
      </div>
    );
  }
  return (
    <form method="post" onSubmit={form.handleSubmit(({ password }) => reset.mutate({ token, password }))} noValidate className="grid gap-4">
      <FormField control={form.control} name="password" label="New password" hint="At least 10 characters.">
        {(field) => <Input {...asText(field)} type="password" autoComplete="new-password" autoFocus />}
      </FormField>
      <Problem>{reset.error && sentenceOf(reset.error)}</Problem>
      <Button type="submit" variant="primary" busy={reset.isPending}>
        Choose this password
      </Button>
    </form>
  );
}
