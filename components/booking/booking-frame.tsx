import type { ReactNode } from "react";

/** The public pages: one small page, made for the phone first. Host and topic left, what to do right. */
export function BookingFrame({ aside, children }: { aside: ReactNode; children: ReactNode }) {
  return (
    <main className="min-h-dvh bg-canvas px-4 py-6 text-base text-ink sm:py-12">
      <div className="mx-auto grid max-w-4xl gap-6 rounded-panel border border-line bg-page p-4 sm:grid-cols-[240px_1fr] sm:gap-8 sm:p-8">
        <div className="min-w-0">{aside}</div>
        <div className="min-w-0">{children}</div>
      </div>
    </main>
  );
}

export function BookingNotice({ tone, children }: { tone: "good" | "attention"; children: ReactNode }) {
  return (
    <p
      role="status"
      className={`mb-4 rounded-control px-3 py-2 text-sm ${tone === "good" ? "bg-good-soft text-good" : "bg-attention-soft text-attention"}`}
    >
      {children}
    </p>
  );
}

/** What a form's way back says. Names of fields and closed words only; nothing that was typed travels in an address. */
const PROBLEMS: Record<string, string> = {
  attendeeName: "Enter your name.",
  attendeeEmail: "Enter an e-mail address such as name@company.example.",
  guests: "A guest's address is not an e-mail address, or there are more than ten.",
  answer: "Keep the answer below 1000 characters.",
  attendeeZone: "Choose your time zone.",
  startsAt: "This time has passed. Pick a later one.",
  throttled: "Too many tries from here. Try again in an hour, or write to the host.",
  closed: "This cannot be changed any more.",
  failed: "Something failed on our side. Nothing was booked; try again.",
};

export function problemWords(problem: string | undefined): string | null {
  if (!problem || problem === "taken") return null;
  return wordsOf(PROBLEMS, problem) ?? "Something in the form is not right. Look at it again.";
}

/** What a word of the address means here. One that is not ours ("constructor") means nothing, although every object has it. */
export function wordsOf(words: Record<string, string>, said: string | undefined): string | null {
  return said !== undefined && Object.hasOwn(words, said) ? (words[said] ?? null) : null;
}
