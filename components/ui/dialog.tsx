"use client";
import type { DialogProps } from "./dialog-open";
import { later } from "./later";

/** Only for what leaves the building or cannot come back; it states the count. Everything else is done at once, with Undo. */
export const Dialog = later<DialogProps>(() => import("./dialog-open").then(({ DialogOpen }) => DialogOpen));

/** A dialog that comes from the right and is as high as the window: forms, start sheets, hand-outs. A page on a phone. */
export const Sheet = later<DialogProps>(() => import("./dialog-open").then(({ SheetOpen }) => SheetOpen));
