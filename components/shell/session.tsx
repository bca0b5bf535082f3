"use client";
import { createContext, type ReactNode, useContext } from "react";
import { can, type Permission, type Role } from "#server/auth/constants.ts";

export type Membership = { workspaceId: string; name: string; kind: "live" | "sandbox"; role: Role };
export type Session = {
  userId: string;
  fullName: string;
  email: string;
  isOperator: boolean;
  singleKeys: boolean;
  workspaceId: string;
  workspaceName: string;
  kind: "live" | "sandbox";
  role: Role;
  memberships: readonly Membership[];
};

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}

/** Who is looking, and at which workspace. Only inside app/(workspace). */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("useSession is used outside a workspace page.");
  return session;
}

/** What this role lacks is absent, not greyed. */
export function useCan(permission: Permission): boolean {
  return can(useSession().role, permission);
}
