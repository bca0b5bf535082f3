"use client";
import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { useEffect, useState } from "react";
import { CLASS_KEYS, CLASS_WORDS } from "#server/replies/constants.ts";
import { useCan } from "@/components/shell/session";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { useKeys } from "@/components/ui/keys/use-keys";
import { later } from "@/components/ui/later";
import { BrokenState, Problem, sentenceOf } from "@/components/ui/list-states";
import { useIsPhone } from "@/components/ui/media";
import { SkeletonRows } from "@/components/ui/skeleton";
import { AnswerBox } from "./answer-box";
import { ClassMenu } from "./class-menu";
import { DoneActions } from "./done-actions";
import { LeadPane } from "./lead-pane";
import { ThreadMails } from "./thread-mails";
import { useReplyActs } from "./use-reply-acts";

const BookSheet = later(() => import("@/components/meetings/book-sheet").then((part) => part.BookSheet));

/** The middle and right column: what was said, what was done about it, what to answer, and who it is. */
export function ReplyPane({ id, onClose, onNext }: { id: string; onClose: () => void; onNext: () => void }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.replies.get.queryOptions({ id }, { refetchInterval: 15_000 }));
  const reply = query.data;
  const acts = useReplyActs(reply, onClose);
  const canWrite = useCan("replies:write");
  // Beside the list there is nothing to go back to, and its key must not press what is not to be seen.
  const isPhone = useIsPhone();
  const [isBooking, setBooking] = useState(false);
  const isUnread = reply?.isUnread === true && canWrite;
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once per reply, not per render
  useEffect(() => {
    if (isUnread) acts.markRead();
  }, [isUnread, id]);
  useKeys(
    CLASS_KEYS.map((name, at) => ({ keys: String(at + 1), label: `Class: ${CLASS_WORDS[name]}`, run: () => acts.setClass(name) })),
    { enabled: reply !== undefined && canWrite },
  );

  if (query.error && !reply)
    return (
      <div className="flex-1">
        <BrokenState error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  if (!reply)
    return (
      <div className="flex-1">
        <SkeletonRows rows={6} label="Loading the conversation" />
      </div>
    );
  return (
    <div className="flex min-w-0 flex-1 phone:flex-col phone:overflow-y-auto">
      <section aria-label="Conversation" className="flex min-w-0 flex-1 flex-col overflow-y-auto phone:flex-none phone:overflow-visible">
        <header className="sticky top-0 z-10 flex flex-wrap items-center gap-2 border-b border-line bg-page px-6 py-2 phone:px-4">
          <span className="hidden phone:inline-flex">
            <IconButton label="Back to the list" hotkey={isPhone ? "escape" : undefined} onClick={onClose}>
              <ArrowLeft />
            </IconButton>
          </span>
          <h2 className="min-w-48 flex-1 text-base font-semibold [overflow-wrap:anywhere]">
            <bdi>{reply.subject || "No subject"}</bdi>
          </h2>
          <ClassMenu reply={reply} acts={acts} canWrite={canWrite} />
          {canWrite && reply.lead && (
            <Button size="sm" hotkey="b" onClick={() => setBooking(true)}>
              Book a meeting
            </Button>
          )}
          {canWrite && (
            <Button
              single
              size="sm"
              hotkey="d"
              onClick={() => acts.setDone(reply.status !== "done", () => reply.status !== "done" && onNext())}
            >
              {reply.status === "done" ? "Not done" : "Done"}
            </Button>
          )}
        </header>
        <div className="grid max-w-[728px] grid-cols-1 gap-4 px-6 py-4 phone:px-4">
          <Problem>{acts.error && sentenceOf(acts.error)}</Problem>
          <DoneActions reply={reply} acts={acts} canWrite={canWrite} />
          <ThreadMails reply={reply} />
          {canWrite && <AnswerBox reply={reply} acts={acts} />}
        </div>
      </section>
      <LeadPane reply={reply} />
      {isBooking && reply.lead && <BookSheet lead={reply.lead} replyId={reply.id} onClose={() => setBooking(false)} />}
    </div>
  );
}
