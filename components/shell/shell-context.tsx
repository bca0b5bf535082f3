"use client";
import { createContext, useContext } from "react";

type Shell = { showKeys: () => void; showPalette: () => void };

const ShellContext = createContext<Shell>({ showKeys: () => {}, showPalette: () => {} });
export const ShellProvider = ShellContext.Provider;

/** Opens the sheet of keys and the palette. */
export function useShell(): Shell {
  return useContext(ShellContext);
}
