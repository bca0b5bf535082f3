"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type * as z from "zod";
import { codeInput } from "#server/auth/schema.ts";
import { useTRPCClient } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { asText, FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Problem, sentenceOf } from "@/components/ui/list-states";

export function CodeForm({ next }: { next: string }) {
  const client = useTRPCClient();
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm<z.infer<typeof codeInput>>({ resolver: zodResolver(codeInput), defaultValues: { code: "" } });
  const submit = form.handleSubmit(async (values) => {
    setProblem(null);
    try {
      await client.auth.passSecondStep.mutate(values);
      window.location.assign(next);
    } catch (error) {
      setProblem(sentenceOf(error instanceof Error ? error : null));
      form.setFocus("code");
    }
  });
  const leave = () =>
    void import("next-auth/react").then(({ signOut }) => signOut({ redirect: false })).finally(() => window.location.assign("/sign-in"));
  return (
    <form method="post" onSubmit={submit} noValidate className="grid gap-4">
      <FormField control={form.control} name="code" label="Code">
        {(field) => <Input {...asText(field)} autoComplete="one-time-code" autoFocus spellCheck={false} />}
      </FormField>
      <Problem>{problem}</Problem>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={form.formState.isSubmitting}>
          Continue
        </Button>
        <Button variant="quiet" onClick={leave}>
          Sign in as somebody else
        </Button>
      </div>
    </form>
  );
}
