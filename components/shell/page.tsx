import type { ReactNode } from "react";
import { cx } from "@/components/ui/class-names";
import { Verbs } from "@/components/ui/keys/verbs";
import { ScopeWord } from "./scope-word";

/** A page: its header, then a list that scrolls by itself or a PageBody. */
export function Page({ children }: { children: ReactNode }) {
  return <div className="flex h-full min-h-0 flex-col">{children}</div>;
}

type PageHeaderProps = {
  title: ReactNode;
  count?: number | null | undefined;
  /** Lists whose rows depend on who sees what say so: "People · my team". */
  scoped?: boolean;
  /** Before the title: a grade tile, a state. */
  lead?: ReactNode;
  /** Under the title: company, owner, what is best next. */
  children?: ReactNode;
  view?: ReactNode;
  secondary?: ReactNode;
  /** One per screen, named with verb and object. At the bottom on a phone. */
  primary?: ReactNode;
};

export function PageHeader({ title, count, scoped, lead, children, view, secondary, primary }: PageHeaderProps) {
  return (
    <header className="flex min-h-15 flex-wrap items-center gap-x-3 gap-y-2 px-6 pt-4 pb-3 phone:px-4 phone:pt-3">
      {lead}
      <div className="min-w-0 flex-1">
        <div className="flex min-w-0 items-baseline gap-2">
          <h1 className="min-w-0 text-xl font-semibold [overflow-wrap:anywhere]">{title}</h1>
          {scoped && <ScopeWord />}
          {count != null && <span className="shrink-0 text-base text-muted">{count.toLocaleString("en-GB")}</span>}
          {view}
        </div>
        {children && <div className="mt-0.5 text-sm text-muted">{children}</div>}
      </div>
      {secondary && (
        <div className={cx("flex flex-wrap items-center gap-2", lead != null && "phone:basis-full")}>
          <Verbs>{secondary}</Verbs>
        </div>
      )}
      {primary && (
        <div className="flex items-center gap-2 phone:fixed phone:inset-x-0 phone:bottom-[calc(52px+env(safe-area-inset-bottom))] phone:z-20 phone:border-t phone:border-line phone:bg-page phone:p-2 phone:*:flex-1">
          <Verbs>{primary}</Verbs>
        </div>
      )}
    </header>
  );
}

/** The scrolling part of a page that is not a list. */
export function PageBody({ children, reading, className }: { children: ReactNode; reading?: boolean; className?: string }) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div
        className={cx("px-6 pt-4 pb-12 phone:px-4 phone:pb-20", reading && "max-w-[calc(var(--reading)+48px)]", className)}
        style={{ "--reading": "680px" } as React.CSSProperties}
      >
        {children}
      </div>
    </div>
  );
}
