"use client";
import { useState } from "react";
import { rejectReasons, rejectReasonWords } from "#server/writing/constants.ts";
import type { DraftView, RejectReason } from "#server/writing/schema.ts";
import { Button } from "@/components/ui/button";
import { useKeys } from "@/components/ui/keys/use-keys";
import { Menu } from "@/components/ui/menu";
import { State } from "@/components/ui/state";
import { DraftReader } from "@/components/writing/draft-reader";
import { DraftEditor } from "./draft-editor";
import { DraftHead } from "./draft-head";
import type { EditDraft } from "./use-draft-acts";

type Props = {
  draft: DraftView;
  /** "3 of 23" */
  place: string;
  canWrite: boolean;
  isEditing: boolean;
  onEdit: (isEditing: boolean) => void;
  onNext: () => void;
  onPrevious: () => void;
  onApprove: () => void;
  onReject: (reason: RejectReason) => void;
  edit: EditDraft;
};

export function DraftPane({ draft, place, canWrite, isEditing, onEdit, onNext, onPrevious, onApprove, onReject, edit }: Props) {
  const [isRejecting, setRejecting] = useState(false);
  const isBlocked = draft.findings.some((finding) => finding.blocking);
  useKeys([{ keys: "k", label: "Previous draft", run: onPrevious }], { enabled: !isEditing });
  useKeys([{ keys: "backspace", label: "Reject, with a reason", run: () => setRejecting(true) }], { enabled: canWrite && !isEditing });

  return (
    <article aria-label={`Draft to ${draft.lead.fullName}`}>
      <DraftHead draft={draft} place={place} />
      {isEditing ? (
        <DraftEditor draft={draft} edit={edit} onClose={() => onEdit(false)} />
      ) : (
        <>
          <DraftReader draft={draft} thread={threadWords(draft.earlierMails)} />
          <div className="sticky bottom-0 mt-6 flex flex-wrap items-center gap-2 border-t border-line bg-page py-3">
            {canWrite && (
              <>
                {isBlocked ? (
                  <State tone="bad">Fix it before it can be approved</State>
                ) : (
                  <Button single hotkey="a" onClick={onApprove}>
                    Approve
                  </Button>
                )}
                <Button hotkey="e" onClick={() => onEdit(true)}>
                  Edit
                </Button>
                <Menu
                  open={isRejecting}
                  onOpenChange={setRejecting}
                  trigger={<Button variant="quiet">Reject ⌫</Button>}
                  entries={[
                    { kind: "heading", label: "What is wrong with it?" },
                    ...rejectReasons.map((reason) => ({ label: rejectReasonWords[reason], onSelect: () => onReject(reason) })),
                  ]}
                />
              </>
            )}
            <Button variant="quiet" hotkey="j" onClick={onNext}>
              Skip
            </Button>
          </div>
        </>
      )}
    </article>
  );
}

function threadWords(earlier: number): string {
  return earlier === 0 ? "first mail" : `mail ${earlier + 1}, ${earlier === 1 ? "1 was" : `${earlier} were`} sent before`;
}
