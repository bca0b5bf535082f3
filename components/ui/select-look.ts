import { cx } from "./class-names";
import { fieldClass } from "./input";

export const selectClass = cx(fieldClass, "inline-flex h-8 items-center justify-between gap-2 text-left phone:h-11");
