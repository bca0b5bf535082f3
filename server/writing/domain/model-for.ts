import type { LanguageModel } from "#server/providers/language-model/port.ts";

/** A sandbox reaches nothing outside, whatever is configured. Every use of the model asks here. */
export function modelFor(services: { languageModel: LanguageModel | null }, workspace: { kind: string }): LanguageModel | null {
  return workspace.kind === "live" ? services.languageModel : null;
}
