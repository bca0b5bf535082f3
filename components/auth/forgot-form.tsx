"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import * as z from "zod";
import { emailInput } from "#server/auth/schema.ts";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { asText, FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Problem, sentenceOf } from "@/components/ui/list-states";

const shape = z.object({ email: emailInput });

/** The same sentence for every address. */
export function ForgotForm() {
  const trpc = useTRPC();
  const form = useForm<z.infer<typeof shape>>({ resolver: zodResolver(shape), defaultValues: { email: "" } });
  const ask = useMutation(trpc.auth.forgotPassword.mutationOptions());
  if (ask.isSuccess) return <p className="text-base">If {ask.variables.email} has an account here, the link is on its way.</p>;
  return (
    <form method="post" onSubmit={form.handleSubmit((values) => ask.mutate(values))} noValidate className="grid gap-4">
      <FormField control={form.control} name="email" label="E-mail">
        {(field) => <Input {...asText(field)} type="email" autoComplete="username" autoFocus />}
      </FormField>
      <Problem>{ask.error && sentenceOf(ask.error)}</Problem>
      <Button type="submit" variant="primary" busy={ask.isPending}>
        Mail me a link
      </Button>
    </form>
  );
}
