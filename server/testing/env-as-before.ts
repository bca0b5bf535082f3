import { env } from "#server/core/env.ts";

/** Remembers the settings as they are now; the answer puts them back: `afterAll(envAsBefore())`. Unit tests share a process. */
export function envAsBefore(): () => void {
  const before = { ...env };
  return () => {
    for (const key of Object.keys(env)) if (!(key in before)) Reflect.deleteProperty(env, key);
    Object.assign(env, before);
  };
}
