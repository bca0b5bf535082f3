"use client";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { State } from "@/components/ui/state";

/** "Can we mail x?", answered with the rule. */
export function CheckBox() {
  const trpc = useTRPC();
  const id = useId();
  const [text, setText] = useState("");
  const [email, setEmail] = useState("");
  const asked = text.trim();
  const check = useQuery(trpc.suppressions.check.queryOptions({ email }, { enabled: email !== "" }));
  return (
    <form
      className="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        // The same address again is asked again: an entry may have come or gone.
        if (asked !== "" && asked === email) void check.refetch();
        else setEmail(asked);
      }}
    >
      <label htmlFor={id} className="text-sm font-medium">
        Can we mail
      </label>
      <Input
        id={id}
        type="email"
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder="nadia@norvale.example"
        className="w-64! phone:w-full!"
      />
      <Button type="submit" busy={check.isFetching}>
        Check
      </Button>
      <span aria-live="polite" className="min-w-0 text-sm">
        {/* "Yes" is about the address that stands beside it, and no other. */}
        {check.data && email !== "" && email === asked && (
          <State tone={check.data.canMail ? "good" : "attention"}>{check.data.sentence}</State>
        )}
      </span>
      <Problem>{check.error && sentenceOf(check.error)}</Problem>
    </form>
  );
}
