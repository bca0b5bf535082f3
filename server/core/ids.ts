import { v7 } from "uuid";

/** A time-ordered id (UUID v7). Made by the application, so that a row's id is known before it is written. */
export function newId(): string {
  return v7();
}
