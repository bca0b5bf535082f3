import { cx } from "./class-names";

export type GradeLetter = "A" | "B" | "C" | "D" | "E" | "F";

const LOOK: Record<GradeLetter, string> = {
  A: "bg-accent text-on-accent",
  B: "bg-accent-soft text-accent",
  C: "bg-hover text-ink",
  D: "border border-line text-muted",
  E: "border border-line text-muted",
  F: "border border-line text-muted",
};

/** A low grade is not an error and is never red. `null` is "not scored yet", which is not zero. */
export function Grade({ grade, size = "md" }: { grade: string | null; size?: "md" | "lg" }) {
  const known = grade && grade in LOOK ? (grade as GradeLetter) : null;
  return (
    <span
      role="img"
      aria-label={known ? `Grade ${known}` : "Not scored yet"}
      title={known ? undefined : "Not scored yet"}
      className={cx(
        "inline-flex shrink-0 items-center justify-center rounded-[4px] font-semibold",
        size === "lg" ? "size-7 text-lg" : "size-5 text-xs",
        known ? LOOK[known] : "text-muted",
      )}
    >
      {known ?? "–"}
    </span>
  );
}
