import type { Persona } from "../schema.ts";
import { humanArrival } from "./arrival.ts";
import { letters } from "./letters.ts";
import { seededInt, seededShare } from "./seeded.ts";

/** What a pretend person does about a mail of ours. */
export type Reaction =
  | { kind: "reply"; at: number; text: string; from?: { name: string; email: string } }
  | { kind: "automatic"; at: number; text: string; headers: Record<string, string>; subjectPrefix: string }
  | { kind: "bounce"; at: number }
  | { kind: "book"; at: number }
  | { kind: "accept-invitation"; at: number };

export type Received = {
  purpose: "campaign" | "reply" | "meeting";
  /** first, second, … campaign mail to this person */
  nth: number;
  /** how often they wrote before */
  wrote: number;
  sentAt: number;
  zone: string;
  person: { fullName: string; email: string; domain: string; persona: Persona };
  seed: number;
};

/**
 * A person's answer to one mail, decided by who they are and by dice thrown from the seed, their address and the mail's
 * place in the thread: the same seed tells the same story.
 */
export function react(received: Received): Reaction[] {
  const { persona } = received.person;
  if (received.purpose === "meeting")
    return persona === "accepts-by-calendar" ? [{ kind: "accept-invitation", at: soon(received, 20, 90) }] : [];
  if (received.purpose === "reply") return afterOurAnswer(received);
  if (received.wrote > 0 && persona !== "acknowledges" && persona !== "away-german") return [];
  const first = received.nth === 1;
  switch (persona) {
    case "bounces":
      return first ? [{ kind: "bounce", at: received.sentAt + 40_000 }] : [];
    case "away-german":
      return first
        ? [
            {
              kind: "automatic",
              at: received.sentAt + 30_000,
              text: letters.awayGerman(received.person.fullName),
              headers: { "Auto-Submitted": "auto-replied" },
              subjectPrefix: "Abwesend: ",
            },
          ]
        : [];
    case "acknowledges":
      return first
        ? [
            {
              kind: "automatic",
              at: received.sentAt + 30_000,
              text: letters.acknowledged(),
              headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
              subjectPrefix: "Received: ",
            },
          ]
        : [];
    case "left-company":
      return first
        ? [
            {
              kind: "automatic",
              at: received.sentAt + 30_000,
              text: letters.leftCompany(received.person),
              headers: { "Auto-Submitted": "auto-replied" },
              subjectPrefix: "Automatic reply: ",
            },
          ]
        : [];
    case "wants-tuesday":
      return first
        ? [{ kind: "reply", at: humanArrival(received.sentAt, 12, received.zone, dice(received)), text: letters.wantsTuesday() }]
        : [];
    case "late-yes":
      return received.nth === 2 ? say(received, letters.lateYes(dice(received))) : [];
    case "late-no":
      return received.nth === 3 ? say(received, letters.lateNo()) : [];
    case "polite-no":
      return received.nth === 2 ? say(received, letters.politeNo()) : [];
    case "silent":
      return [];
    case "forwards":
      return first
        ? [
            {
              kind: "reply",
              at: soon(received, 60, 300),
              text: letters.forwarded(received.person),
              from: letters.colleague(received.person),
            },
          ]
        : [];
    default:
      return first ? say(received, firstWords[persona]?.(received) ?? "") : [];
  }
}

const firstWords: Partial<Record<Persona, (received: Received) => string>> = {
  "asks-entities": () => letters.asksEntities(),
  "books-and-misses": () => letters.sendMeTimes(),
  "wrong-person": () => letters.wrongPerson(),
  "remove-me": () => letters.removeMe(),
  rude: () => letters.rude(),
  "commands-the-agent": () => letters.commandsTheAgent(),
  "after-summer": () => letters.afterSummer(),
  "call-in-may": () => letters.callInMay(),
  "asks-price": () => letters.asksPrice(),
  "has-a-tool": () => letters.hasATool(),
  "accepts-by-calendar": () => letters.sendMeTimes(),
  eager: (received) => letters.eager(dice(received)),
};

/** Those who wanted to talk pick one of the proposed times; the curious ask once more, or want to talk too. */
function afterOurAnswer(received: Received): Reaction[] {
  const { persona } = received.person;
  const picks: Persona[] = ["wants-tuesday", "books-and-misses", "late-yes", "accepts-by-calendar", "eager", "asks-price"];
  if (picks.includes(persona)) return [{ kind: "book", at: soon(received, 15, 50) }];
  if (persona === "asks-entities")
    return received.wrote === 1 ? say(received, letters.asksPayroll()) : [{ kind: "book", at: soon(received, 30, 120) }];
  return [];
}

function say(received: Received, text: string): Reaction[] {
  if (text === "") return [];
  return [{ kind: "reply", at: soon(received, 20, 240), text }];
}

function soon(received: Received, low: number, high: number): number {
  return humanArrival(received.sentAt, seededInt(low, high, dice(received)), received.zone, dice(received));
}

function dice({ seed, person, purpose, nth, wrote }: Received): string {
  return `${seed}:${person.email}:${purpose}:${nth}:${wrote}`;
}

/** How somebody behaves whose address is not of the cast: any address in a pretend workspace is played. */
export function personaOf(email: string, seed: number): Persona {
  const share = seededShare("persona", seed, email);
  const spread: [number, Persona][] = [
    [0.03, "eager"],
    [0.05, "late-yes"],
    [0.065, "asks-entities"],
    [0.09, "polite-no"],
    [0.105, "after-summer"],
    [0.115, "remove-me"],
    [0.135, "bounces"],
    [0.165, "acknowledges"],
    [0.175, "wrong-person"],
    [0.185, "left-company"],
    [0.195, "books-and-misses"],
    [0.205, "late-no"],
  ];
  return spread.find(([below]) => share < below)?.[1] ?? "silent";
}

/** Whether a pretend person appears at their meeting. */
export function comesToMeeting(persona: Persona, email: string, seed: number): boolean {
  if (persona === "books-and-misses") return false;
  return persona === "wants-tuesday" || seededShare("comes", seed, email) < 0.85;
}
