import { OnceForm } from "./once-form";

type Props = {
  slug: string;
  at: Date;
  zone: string;
  linkToken: string | undefined;
  prefill: { name: string; email: string } | null;
  question: string | null;
  backHref: string;
};

const FIELD = "h-11 w-full rounded-control border border-control bg-surface px-3 text-base";

/** The last step, a plain form: name, address, one question, guests. */
export function DetailsForm({ slug, at, zone, linkToken, prefill, question, backHref }: Props) {
  return (
    <OnceForm className="grid max-w-form gap-4">
      <input type="hidden" name="act" value="book" />
      <input type="hidden" name="slug" value={slug} />
      <input type="hidden" name="at" value={at.toISOString()} />
      <input type="hidden" name="zone" value={zone} />
      {linkToken && <input type="hidden" name="l" value={linkToken} />}
      <label className="grid gap-1 text-sm">
        Your name
        <input name="name" required maxLength={120} autoComplete="name" defaultValue={prefill?.name} className={FIELD} />
      </label>
      <label className="grid gap-1 text-sm">
        E-mail
        <input name="email" type="email" required maxLength={254} autoComplete="email" defaultValue={prefill?.email} className={FIELD} />
        <span className="text-xs text-muted">The invitation goes there.</span>
      </label>
      <label className="grid gap-1 text-sm">
        {question ?? "What would you like to talk about?"} <span className="text-xs text-muted">Optional</span>
        <textarea
          name="answer"
          rows={3}
          maxLength={1000}
          className="w-full rounded-control border border-control bg-surface px-3 py-2 text-base"
        />
      </label>
      <label className="grid gap-1 text-sm">
        Guests <span className="text-xs text-muted">E-mail addresses with a comma between them. Optional</span>
        <input name="guests" maxLength={1000} className={FIELD} />
      </label>
      <div className="flex flex-wrap items-center gap-4">
        <button type="submit" className="h-11 rounded-control bg-accent px-4 text-base font-medium text-on-accent">
          Confirm meeting
        </button>
        <a href={backHref} className="text-accent hover:underline">
          Pick another time
        </a>
      </div>
    </OnceForm>
  );
}
