"use client";
import { createContext, type ReactNode, useContext } from "react";

const VerbsContext = createContext(false);

/** The buttons and menus inside are verbs of the page: the palette runs them by name, also those that have no key. */
export function Verbs({ children }: { children: ReactNode }) {
  return <VerbsContext.Provider value={true}>{children}</VerbsContext.Provider>;
}

export function useAmongVerbs(): boolean {
  return useContext(VerbsContext);
}
