"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { type PreviewOutput, type ProfileInput, profileInput, type ScoringProfileView } from "#server/scoring/schema.ts";
import { SettingsFrame } from "@/components/settings/settings-frame";
import { PageBody } from "@/components/shell/page";
import { useCan } from "@/components/shell/session";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { BrokenState, Notice, Problem, sentenceOf } from "@/components/ui/list-states";
import { Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ThresholdSlider } from "@/components/ui/threshold-slider";
import { Instant } from "@/components/ui/time/relative-time";
import { showDone } from "@/components/ui/toast";
import { RuleRow } from "./rule-row";
import { freeRuleId } from "./rule-words";
import { ScoringPreview } from "./scoring-preview";
import { ThresholdFields } from "./threshold-fields";

export function ScoringPage() {
  const trpc = useTRPC();
  const profile = useQuery(trpc.scoring.profile.queryOptions({}));
  const [saves, setSaves] = useState(0);
  if (profile.isPending) {
    return (
      <SettingsFrame>
        <PageBody>
          <SkeletonRows rows={8} label="Scoring" />
        </PageBody>
      </SettingsFrame>
    );
  }
  if (!profile.data) {
    return (
      <SettingsFrame>
        <BrokenState error={profile.error} onRetry={() => void profile.refetch()} />
      </SettingsFrame>
    );
  }
  // A new editor after one's own save only. A colleague's version is met by saving, which says so and keeps what is written here.
  return <ScoringEditor key={saves} read={profile.data} onSaved={() => setSaves((count) => count + 1)} />;
}

/** Rules as sentences on the left; what saving would change on the right, before it is saved. */
function ScoringEditor({ read, onSaved }: { read: ScoringProfileView; onSaved: () => void }) {
  const [saved, setSaved] = useState(read);
  const trpc = useTRPC();
  const queries = useQueryClient();
  const canWrite = useCan("scoring:write");
  const [draft, setDraft] = useState<ProfileInput>({ rules: saved.rules, thresholds: saved.thresholds });
  // The last answer stays while the next is asked for, so that nothing moves under a handle that is dragged.
  const [shown, setShown] = useState<PreviewOutput>();
  const preview = useMutation(trpc.scoring.preview.mutationOptions({ onSuccess: setShown }));
  const save = useMutation(
    trpc.scoring.save.mutationOptions({
      onSuccess: async ({ version }) => {
        showDone(`Saved scoring version ${version}. Everybody is scored again.`);
        await queries.invalidateQueries();
        onSaved();
      },
    }),
  );
  const parsed = profileInput.safeParse(draft);
  const isChanged = JSON.stringify(draft) !== JSON.stringify({ rules: saved.rules, thresholds: saved.thresholds });
  // Where nothing was changed there is nothing to keep: what is newer is shown.
  if (!isChanged && read.version !== saved.version) {
    setSaved(read);
    setDraft({ rules: read.rules, thresholds: read.thresholds });
  }
  const asked = parsed.success ? JSON.stringify(parsed.data) : null;
  const ask = preview.mutate;
  useEffect(() => {
    if (asked === null) return;
    const wait = setTimeout(() => ask(JSON.parse(asked) as ProfileInput), 300);
    return () => clearTimeout(wait);
  }, [asked, ask]);

  const setRule = (index: number, rule: ProfileInput["rules"][number] | null) =>
    setDraft((now) => ({ ...now, rules: now.rules.flatMap((each, at) => (at === index ? (rule ? [rule] : []) : [each])) }));
  const addRule = () =>
    setDraft((now) => ({
      ...now,
      rules: [
        ...now.rules,
        {
          id: freeRuleId(now.rules, saved.version),
          label: "Title mentions …",
          when: [{ fact: "keyword", field: "title", anyOf: ["finance"] }],
          effect: 10,
        },
      ],
    }));
  return (
    <SettingsFrame
      primary={
        canWrite && (
          <Button
            variant="primary"
            disabled={!isChanged || !parsed.success}
            busy={save.isPending}
            onClick={() => parsed.success && save.mutate({ ...parsed.data, basedOn: saved.version })}
          >
            Save as version {saved.version + 1}
          </Button>
        )
      }
    >
      <PageBody>
        {!canWrite && <Notice>Only managers and admins change scoring. You can read how people are scored.</Notice>}
        <Problem>{(save.error && sentenceOf(save.error)) ?? (!parsed.success && parsed.error.issues[0]?.message)}</Problem>
        <div className="grid grid-cols-[minmax(0,1fr)_340px] items-start gap-8 pt-2 phone:grid-cols-1">
          <div className="grid min-w-0 gap-6">
            <Section
              title="Rules"
              count={draft.rules.length}
              actions={
                canWrite && (
                  <Button size="sm" onClick={addRule}>
                    Add rule
                  </Button>
                )
              }
            >
              {draft.rules.length === 0 && <p className="py-2 text-sm text-muted">Without rules everybody scores 0.</p>}
              <ul>
                {draft.rules.map((rule, index) => (
                  <RuleRow key={rule.id} rule={rule} canEdit={canWrite} onChange={(next) => setRule(index, next)} />
                ))}
              </ul>
            </Section>
            <Section title="Grades">
              {shown && (
                <ThresholdSlider
                  label={`Scores of ${shown.after.people.toLocaleString("en-GB")} people${isChanged ? ", as they would be" : ""}`}
                  histogram={shown.after.histogram}
                  counts="people"
                  names={["E", "D", "C", "B", "A"]}
                  values={(["E", "D", "C", "B", "A"] as const).map((letter) => draft.thresholds[letter])}
                  disabled={!canWrite}
                  onChange={([E = 1, D = 2, C = 3, B = 4, A = 5]) =>
                    setDraft((now) => ({ ...now, thresholds: { A, B, C, D, E: Math.max(1, E) } }))
                  }
                />
              )}
              <ThresholdFields
                value={draft.thresholds}
                canEdit={canWrite}
                onChange={(thresholds) => setDraft((now) => ({ ...now, thresholds }))}
              />
            </Section>
            <p className="text-xs text-muted">
              Version {saved.version}, saved <Instant at={saved.createdAt} />
              {saved.createdByName && (
                <>
                  {" by "}
                  <bdi>{saved.createdByName}</bdi>
                </>
              )}
              . Older versions are kept, so every score can be explained.
            </p>
          </div>
          <ScoringPreview preview={shown} error={preview.error} isChanged={isChanged} />
        </div>
      </PageBody>
    </SettingsFrame>
  );
}
