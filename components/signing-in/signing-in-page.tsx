"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { SettingsFrame } from "@/components/settings/settings-frame";
import { PageBody } from "@/components/shell/page";
import { useTRPC } from "@/components/trpc/client";
import { BrokenState } from "@/components/ui/list-states";
import { Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { OutsideAccounts } from "./outside-accounts";

// With its fields and their rules, which the frame of the page does not wait for.
const SecondStepSection = dynamic(() => import("./second-step-section").then((part) => part.SecondStepSection));

// With its fields and their rules, which the frame of the page does not wait for.
const PasswordForm = dynamic(() => import("./password-form").then((part) => part.PasswordForm));

/** How this person proves who they are, in every workspace. */
export function SigningInPage() {
  const trpc = useTRPC();
  const state = useQuery(trpc.auth.signingIn.queryOptions());
  return (
    <SettingsFrame>
      <PageBody>
        {state.data ? (
          <div className="grid max-w-form gap-8">
            <Section title="Second step">
              <SecondStepSection state={state.data} onChange={() => void state.refetch()} />
            </Section>
            <Section title="Password">
              <PasswordForm email={state.data.email} hasPassword={state.data.hasPassword} />
            </Section>
            {(state.data.offered.length > 0 || state.data.outside.length > 0) && (
              <Section title="Google and Microsoft">
                <OutsideAccounts state={state.data} onChange={() => void state.refetch()} />
              </Section>
            )}
          </div>
        ) : state.error ? (
          <BrokenState error={state.error} onRetry={() => void state.refetch()} />
        ) : (
          <SkeletonRows rows={6} label="Loading how you sign in" />
        )}
      </PageBody>
    </SettingsFrame>
  );
}
