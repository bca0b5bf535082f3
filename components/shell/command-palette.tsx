"use client";
import { Dialog as Base } from "@base-ui/react/dialog";
import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { CornerDownRight } from "lucide-react";
import { useRouter } from "next/navigation";
import { useDeferredValue, useState } from "react";
import { can } from "#server/auth/constants.ts";
import { useTRPC } from "@/components/trpc/client";
import { Grade } from "@/components/ui/grade";
import { Kbd, keyName } from "@/components/ui/kbd";
import type { KeyBinding } from "@/components/ui/keys/key-store";
import { KeyLayer } from "@/components/ui/keys/use-keys";
import { distinct } from "./keys-sheet";
import { usePersonEntries } from "./person-menu";
import { innerPages, places } from "./places";
import { useSession } from "./session";

const MOVES = new Set(["Places", "Lists"]);

/** Search, jump, or run any verb of the page by its name. `bindings` is null while it is closed. */
export function CommandPalette({ bindings, onClose }: { bindings: readonly KeyBinding[] | null; onClose: () => void }) {
  return (
    <Base.Root open={bindings !== null} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="floats fixed inset-0 z-40 bg-black/40" />
        <Base.Popup className="floats fixed top-[12vh] left-1/2 z-40 w-[calc(100vw-16px)] max-w-xl -translate-x-1/2 overflow-hidden rounded-panel bg-surface shadow-float phone:top-2">
          <Base.Title className="sr-only">Search or jump</Base.Title>
          <KeyLayer>
            <Palette bindings={bindings ?? []} onClose={onClose} />
          </KeyLayer>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

const ITEM =
  "flex min-h-8 cursor-default items-center gap-2 rounded-control px-2 text-sm data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent phone:min-h-11 [&_svg]:size-4";
const GROUP =
  "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted";

function Palette({ bindings, onClose }: { bindings: readonly KeyBinding[]; onClose: () => void }) {
  const router = useRouter();
  const { role } = useSession();
  const person = usePersonEntries();
  const [text, setText] = useState("");
  const people = usePeople(text, can(role, "leads:read"));
  const verbs = distinct(bindings).filter((binding) => !MOVES.has(binding.group ?? ""));
  const go = (run: () => void) => () => {
    onClose();
    // The dialog gives the focus back first, so that the verb finds the page as it was.
    setTimeout(run, 50);
  };

  return (
    <Command label="Search or jump" filter={match} loop className="flex max-h-[70vh] flex-col">
      <Command.Input
        value={text}
        onValueChange={setText}
        placeholder="Search, jump, or type what you want to do"
        className="h-12 w-full border-b border-line bg-transparent px-4 text-base outline-none"
      />
      <Command.List className="min-h-0 flex-1 overflow-y-auto p-2">
        {people.length === 0 && <Command.Empty className="px-2 py-6 text-sm text-muted">Nothing is called “{text}” here.</Command.Empty>}
        {verbs.length > 0 && (
          <Command.Group heading="On this page" className={GROUP}>
            {verbs.map((verb) => (
              <Command.Item
                key={verb.keys || verb.label}
                value={`do ${verb.label}`}
                onSelect={go(() => verb.run(new KeyboardEvent("keydown")))}
                className={ITEM}
              >
                <span className="flex-1">{verb.label}</span>
                {verb.keys !== "" && <Kbd>{keyName(verb.keys)}</Kbd>}
              </Command.Item>
            ))}
          </Command.Group>
        )}
        <Command.Group heading="Go to" className={GROUP}>
          {places
            .filter((place) => can(role, place.permission))
            .map((place) => (
              <Command.Item key={place.href} value={`go ${place.label}`} onSelect={go(() => router.push(place.href))} className={ITEM}>
                <place.Icon className="text-muted" />
                <span className="flex-1">{place.label}</span>
                {place.letter && <Kbd>{`G ${place.letter.toUpperCase()}`}</Kbd>}
              </Command.Item>
            ))}
          {text !== "" &&
            innerPages
              .filter((page) => can(role, page.permission))
              .map(({ href, label }) => (
                <Command.Item key={href} value={`go ${label}`} onSelect={go(() => router.push(href))} className={ITEM}>
                  <CornerDownRight className="text-muted" />
                  <span className="flex-1">{label}</span>
                </Command.Item>
              ))}
        </Command.Group>
        <PeopleFound people={people} onOpen={(id) => go(() => router.push(`/leads/${id}`))()} />
        <Command.Group heading="You" className={GROUP}>
          {person.map((entry) =>
            entry.kind === undefined && typeof entry.label === "string" && entry.onSelect ? (
              <Command.Item key={entry.label} value={`you ${entry.label}`} onSelect={go(entry.onSelect)} className={ITEM}>
                {entry.checked === undefined ? entry.label : `Theme: ${entry.label.toLowerCase()}`}
              </Command.Item>
            ) : null,
          )}
        </Command.Group>
      </Command.List>
    </Command>
  );
}

/** Every word that was typed begins a word of the name; the closer to its start, the better. A name is behind the kind of the item. */
function match(value: string, typed: string): number {
  const name = value.slice(value.indexOf(" ") + 1).toLowerCase();
  const wanted = typed.trim().toLowerCase();
  if (name.startsWith(wanted)) return 1;
  const words = name.split(/[^\p{L}\p{N}]+/u);
  return wanted.split(/\s+/).every((part) => words.some((word) => word.startsWith(part))) ? 0.5 : 0;
}

const LETTERS = 2;

/** People whose name, company or address holds what was typed. */
function usePeople(text: string, mayRead: boolean) {
  const trpc = useTRPC();
  const typed = useDeferredValue(text.trim());
  const enabled = typed.length >= LETTERS && mayRead;
  const found = useQuery(trpc.leads.list.queryOptions({ search: typed, limit: 6 }, { enabled, placeholderData: (old) => old }));
  return enabled ? (found.data?.items ?? []) : [];
}

function PeopleFound({ people, onOpen }: { people: ReturnType<typeof usePeople>; onOpen: (id: string) => void }) {
  if (people.length === 0) return null;
  return (
    <Command.Group heading="People" className={GROUP} forceMount>
      {people.map((lead) => (
        <Command.Item key={lead.id} value={`person ${lead.id}`} forceMount onSelect={() => onOpen(lead.id)} className={ITEM}>
          <Grade grade={lead.grade} />
          <span className="min-w-0 flex-1 truncate">
            <bdi>{lead.fullName ?? lead.email}</bdi>
            <span className="text-muted">
              {lead.title && ` · ${lead.title}`} {lead.company && <bdi>· {lead.company}</bdi>}
            </span>
          </span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}
