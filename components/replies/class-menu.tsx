"use client";
import { ChevronDown } from "lucide-react";
import { CLASS_KEYS, CLASS_WORDS, replyClasses } from "#server/replies/constants.ts";
import type { ReplyDetail } from "#server/replies/schema.ts";
import { Menu, type MenuEntry } from "@/components/ui/menu";
import { WhyButton, WhyPanel } from "@/components/ui/why";
import { ReplyClassState } from "./reply-class-state";
import type { ReplyActs } from "./use-reply-acts";

const BY = { rules: "by rules", model: "by the model, quotes checked", person: "by a person" };

/** The class as a menu: choosing another re-applies the rules and says what changes. Why shows the words that show it. */
export function ClassMenu({ reply, acts, canWrite }: { reply: ReplyDetail; acts: ReplyActs; canWrite: boolean }) {
  const entries: MenuEntry[] = [
    ...replyClasses
      .filter((name) => name !== "bounce" && name !== "automatic" && name !== "unsure")
      .map((name) => ({
        label: CLASS_WORDS[name],
        checked: name === reply.class,
        hotkey: CLASS_KEYS.includes(name) ? String(CLASS_KEYS.indexOf(name) + 1) : undefined,
        onSelect: () => acts.setClass(name),
      })),
    { kind: "line" },
    { label: "Not a reply to us", detail: "Removes it from this workspace", tone: "bad", onSelect: acts.remove },
  ];
  return (
    <span className="flex items-center gap-1">
      {canWrite ? (
        <Menu
          trigger={
            <button
              type="button"
              aria-label={`Class: ${CLASS_WORDS[reply.class]}. Change it`}
              className="inline-flex h-7 items-center gap-1 rounded-control border border-control/50 px-2 hover:bg-hover phone:h-11"
            >
              <ReplyClassState row={reply} />
              <ChevronDown aria-hidden="true" className="size-3.5 text-muted" />
            </button>
          }
          entries={entries}
          align="end"
        />
      ) : (
        <ReplyClassState row={reply} filled />
      )}
      <WhyButton title="Why this class">
        <WhyPanel
          sentence={whySentence(reply)}
          reasons={reply.evidence.map((one) => ({
            text: `${CLASS_WORDS[one.class]}: “${one.span.text.trim()}”`,
            source: `${Math.round(one.confidence * 100)} % sure`,
          }))}
          rule={
            reply.classifiedBy === "person"
              ? "said by a person"
              : `${reply.classifiedBy === "model" ? "rules, then the model" : "reply rules"}`
          }
          decidedAt={reply.receivedAt}
        />
      </WhyButton>
    </span>
  );
}

function whySentence(reply: ReplyDetail): string {
  const by = BY[reply.classifiedBy as keyof typeof BY] ?? "by rules";
  if (reply.class === "unsure" && reply.evidence.length > 1)
    return `Unsure: says both ${reply.evidence
      .slice(0, 2)
      .map((one) => `“${one.span.text.trim()}”`)
      .join(" and ")}. Pick one.`;
  if (reply.evidence.length === 0 && reply.classifiedBy === "rules")
    return reply.isAutomatic
      ? `${CLASS_WORDS[reply.class]}: recognised by the form of the mail.`
      : `${CLASS_WORDS[reply.class]}: no words that decide it were found.`;
  return `${CLASS_WORDS[reply.class]}, decided ${by}.`;
}
