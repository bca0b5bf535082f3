"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import Link from "next/link";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type * as z from "zod";
import { signInInput } from "#server/auth/schema.ts";
import { Button } from "@/components/ui/button";
import { asText, FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Problem } from "@/components/ui/list-states";
import { safePath } from "./safe-path";
import { signInWithPassword } from "./sign-in";

export function SignInForm({ next }: { next?: string | undefined }) {
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm<z.input<typeof signInInput>, unknown, z.output<typeof signInInput>>({
    resolver: zodResolver(signInInput),
    defaultValues: { email: "", password: "" },
  });
  const submit = form.handleSubmit(async (values) => {
    setProblem(null);
    const refusal = await signInWithPassword(values);
    if (refusal) setProblem(refusal);
    else window.location.assign(safePath(next));
  });
  return (
    // method="post": a press before the page is alive must never write the password into the address.
    <form method="post" onSubmit={submit} noValidate className="grid gap-4">
      <FormField control={form.control} name="email" label="E-mail">
        {(field) => <Input {...asText(field)} type="email" autoComplete="username" autoFocus />}
      </FormField>
      <FormField control={form.control} name="password" label="Password">
        {(field) => <Input {...asText(field)} type="password" autoComplete="current-password" />}
      </FormField>
      <Problem>{problem}</Problem>
      <Button type="submit" variant="primary" busy={form.formState.isSubmitting}>
        Sign in
      </Button>
      <Link href="/forgot" className="text-sm text-accent underline">
        Forgotten your password?
      </Link>
    </form>
  );
}
