"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import * as z from "zod";
import { emailInput, nameInput, passwordInput } from "#server/auth/schema.ts";
import { Button } from "@/components/ui/button";
import { asText, FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Problem } from "@/components/ui/list-states";

const personInput = z.object({ fullName: nameInput, email: emailInput, password: passwordInput });
export type PersonInput = z.output<typeof personInput>;

type PersonFormProps = {
  email?: string | null;
  verb: string;
  /** Resolves to the sentence of a refusal, or null when it worked. */
  onSubmit: (person: PersonInput) => Promise<string | null>;
};

/** Name, e-mail, password: asked by the claim link and by an invitation. */
export function PersonForm({ email, verb, onSubmit }: PersonFormProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm<z.input<typeof personInput>, unknown, PersonInput>({
    resolver: zodResolver(personInput),
    defaultValues: { fullName: "", email: email ?? "", password: "" },
  });
  const submit = form.handleSubmit(async (person) => setProblem(await onSubmit(person)));
  return (
    // method="post": a press before the page is alive must never write the password into the address.
    <form method="post" onSubmit={submit} noValidate className="grid gap-4">
      <FormField control={form.control} name="fullName" label="Your name">
        {(field) => <Input {...asText(field)} autoComplete="name" autoFocus />}
      </FormField>
      <FormField control={form.control} name="email" label="E-mail" hint="You sign in with it.">
        {(field) => <Input {...asText(field)} type="email" autoComplete="username" readOnly={Boolean(email)} />}
      </FormField>
      <FormField control={form.control} name="password" label="Password" hint="At least 10 characters.">
        {(field) => <Input {...asText(field)} type="password" autoComplete="new-password" />}
      </FormField>
      <Problem>{problem}</Problem>
      <Button type="submit" variant="primary" busy={form.formState.isSubmitting}>
        {verb}
      </Button>
    </form>
  );
}
