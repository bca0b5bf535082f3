"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type * as z from "zod";
import { codeInput } from "#server/auth/schema.ts";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { asText, FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { Instant } from "@/components/ui/time/relative-time";
import { showDone } from "@/components/ui/toast";
import { RecoveryCodes } from "./recovery-codes";
import { SecondStepSetup } from "./second-step-setup";

type State = RouterOutputs["auth"]["signingIn"];

export function SecondStepSection({ state, onChange }: { state: State; onChange: () => void }) {
  const trpc = useTRPC();
  const [wants, setWants] = useState<"off" | "codes" | null>(null);
  const form = useForm<z.infer<typeof codeInput>>({ resolver: zodResolver(codeInput), defaultValues: { code: "" } });
  const close = () => {
    setWants(null);
    form.reset();
    onChange();
  };
  const off = useMutation(
    trpc.auth.disableSecondStep.mutationOptions({
      onSuccess: () => {
        showDone("Turned the second step off.");
        close();
      },
    }),
  );
  const renew = useMutation(trpc.auth.renewRecoveryCodes.mutationOptions());

  if (!state.secondStepSince) {
    return (
      <div className="grid gap-3">
        <p className="text-base">With it, a password alone opens nothing. You need an authenticator app on your phone.</p>
        <SecondStepSetup onDone={onChange} />
      </div>
    );
  }
  if (renew.data)
    return (
      <RecoveryCodes
        codes={renew.data.recoveryCodes}
        onDone={() => {
          renew.reset();
          close();
        }}
      />
    );
  const error = off.error ?? renew.error;
  return (
    <div className="grid gap-3">
      <p className="text-base">
        On since <Instant at={state.secondStepSince} dayOnly />. {state.recoveryCodesLeft} of 10 recovery codes are left.
        {state.askedBy && ` ${state.askedBy} asks everybody for it.`}
      </p>
      {wants === null ? (
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setWants("codes")}>Make new recovery codes</Button>
          {!state.askedBy && (
            <Button variant="quiet" onClick={() => setWants("off")}>
              Turn it off
            </Button>
          )}
        </div>
      ) : (
        <form
          noValidate
          className="grid gap-3"
          onSubmit={form.handleSubmit((values) => (wants === "off" ? off.mutate(values) : renew.mutate(values)))}
        >
          <FormField control={form.control} name="code" label="A code of your app, or a recovery code">
            {(field) => <Input {...asText(field)} autoComplete="one-time-code" autoFocus />}
          </FormField>
          <Problem>{error && sentenceOf(error)}</Problem>
          <div className="flex gap-2">
            <Button type="submit" variant={wants === "off" ? "danger" : "primary"} busy={off.isPending || renew.isPending}>
              {wants === "off" ? "Turn the second step off" : "Make new recovery codes"}
            </Button>
            <Button variant="quiet" onClick={() => setWants(null)}>
              Cancel
            </Button>
          </div>
        </form>
      )}
    </div>
  );
}
