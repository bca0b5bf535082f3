import type { ReactNode } from "react";

export function AuthCard({ title, lead, children, wide }: { title: string; lead?: ReactNode; children: ReactNode; wide?: boolean }) {
  return (
    <div className={wide ? "w-full max-w-3xl" : "w-full max-w-sm"}>
      <h1 className="text-xl font-semibold">{title}</h1>
      {lead && <p className="mt-1 text-base text-muted">{lead}</p>}
      <div className="mt-6">{children}</div>
    </div>
  );
}
