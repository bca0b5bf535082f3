"use client";
import { cloneElement, type MouseEvent, type ReactElement } from "react";

type ButtonProps = {
  onClick?: (event: MouseEvent) => void;
  "aria-haspopup"?: "menu" | "dialog";
  "aria-expanded"?: boolean;
};

/** A button that says what it will open, before the script of what it opens has come. */
export function asTrigger(button: ReactElement, opens: "menu" | "dialog", open: () => void): ReactElement {
  const own = button as ReactElement<ButtonProps>;
  return cloneElement(own, {
    "aria-haspopup": opens,
    "aria-expanded": false,
    onClick: (event: MouseEvent) => {
      own.props.onClick?.(event);
      if (!event.defaultPrevented) open();
    },
  });
}
