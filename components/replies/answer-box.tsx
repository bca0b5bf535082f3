"use client";
import { useState } from "react";
import type { ReplyDetail } from "#server/replies/schema.ts";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/input";
import { Notice } from "@/components/ui/list-states";
import { keepAnswer, keptAnswer } from "./kept-answers";
import { Suggestion } from "./suggestion";
import type { ReplyActs } from "./use-reply-acts";

/** The suggestion with what it rests on, or own words. It leaves from the mailbox that received the mail. */
export function AnswerBox({ reply, acts }: { reply: ReplyDetail; acts: ReplyActs }) {
  const [text, setText] = useState<string | null>(null);
  const write = (words: string) => {
    keepAnswer(reply.id, words);
    setText(words);
  };
  const put = () => setText(null);
  const suggestion = reply.suggestion && reply.suggestion.status !== "approved" ? reply.suggestion : null;
  if (!reply.canAnswer) return <Notice>{reply.cannotAnswerBecause} No answer can be sent.</Notice>;
  if (text !== null)
    return (
      <section aria-label="Your answer" className="grid gap-2 rounded-panel border border-control/60 p-3">
        <Textarea
          autoFocus
          rows={8}
          value={text}
          aria-label="Your answer"
          onChange={(event) => write(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") put();
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && text.trim() !== "") acts.send({ text }, put);
          }}
        />
        <div className="flex flex-wrap items-center gap-2">
          <Button variant="primary" busy={acts.isAnswering} disabled={text.trim() === ""} onClick={() => acts.send({ text }, put)}>
            Send answer
          </Button>
          <Button variant="quiet" onClick={put}>
            Keep for later
          </Button>
          <span className="ml-auto text-xs text-muted">
            from {reply.mailboxAddress}, to <bdi>{reply.fromAddress}</bdi>
          </span>
        </div>
      </section>
    );
  const kept = keptAnswer(reply.id);
  if (kept !== null)
    return (
      <Notice
        action={
          <span className="flex gap-2">
            <Button size="sm" hotkey="e" onClick={() => setText(kept)}>
              Go on writing
            </Button>
            <Button size="sm" variant="quiet" onClick={() => write("")}>
              Begin anew
            </Button>
          </span>
        }
      >
        <span className="font-medium">Your answer is kept, not sent:</span> <bdi className="line-clamp-2">{kept}</bdi>
      </Notice>
    );
  if (suggestion) return <Suggestion reply={reply} suggestion={suggestion} acts={acts} onEdit={() => setText(suggestion.text)} />;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button variant={reply.status === "needs_me" ? "primary" : "secondary"} hotkey="r" onClick={() => setText("")}>
        {reply.answeredAt ? "Write again" : "Answer"}
      </Button>
      <span className="text-xs text-muted">from {reply.mailboxAddress}</span>
      {reply.cannotAnswerBecause && (
        <span className="text-xs text-muted">
          Nothing is suggested: {reply.cannotAnswerBecause.charAt(0).toLowerCase() + reply.cannotAnswerBecause.slice(1)}
        </span>
      )}
    </div>
  );
}
