"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import type * as z from "zod";
import { codeInput } from "#server/auth/schema.ts";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy-field";
import { asText, FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { RecoveryCodes } from "./recovery-codes";

/** Picture, first code, recovery codes. */
export function SecondStepSetup({ onDone }: { onDone: () => void }) {
  const trpc = useTRPC();
  const begin = useMutation(trpc.auth.beginSecondStep.mutationOptions());
  const enable = useMutation(trpc.auth.enableSecondStep.mutationOptions());
  const form = useForm<z.infer<typeof codeInput>>({ resolver: zodResolver(codeInput), defaultValues: { code: "" } });

  if (enable.data) return <RecoveryCodes codes={enable.data.recoveryCodes} onDone={onDone} />;
  if (!begin.data) {
    return (
      <div className="grid justify-items-start gap-3">
        <Button variant="primary" busy={begin.isPending} onClick={() => begin.mutate()}>
          Set up the second step
        </Button>
        <Problem>{begin.error && sentenceOf(begin.error)}</Problem>
      </div>
    );
  }
  const { secret, qr } = begin.data;
  return (
    <form
      noValidate
      onSubmit={form.handleSubmit((values) => enable.mutate(values))}
      className="grid max-w-form items-start gap-6 sm:grid-cols-[auto_1fr]"
    >
      <svg
        role="img"
        aria-label="Picture to scan with your authenticator app"
        viewBox={`0 0 ${qr.size} ${qr.size}`}
        shapeRendering="crispEdges"
        className="size-44 rounded-control bg-white"
      >
        <path d={qr.path} fill="#000" />
      </svg>
      <div className="grid min-w-0 gap-4">
        <p className="text-base">Scan the picture with your authenticator app, or type this key into it:</p>
        <CopyField value={secret} label="Key for the app" />
        <FormField control={form.control} name="code" label="The six digits that it shows">
          {(field) => <Input {...asText(field)} inputMode="numeric" autoComplete="one-time-code" />}
        </FormField>
        <Problem>{enable.error && sentenceOf(enable.error)}</Problem>
        <div>
          <Button type="submit" variant="primary" busy={enable.isPending}>
            Turn it on
          </Button>
        </div>
      </div>
    </form>
  );
}
