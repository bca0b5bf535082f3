"use client";
import { type ComponentType, createElement, useSyncExternalStore } from "react";

const never = () => () => {};

/**
 * A form that the server drew and that is not alive yet: it looks as it will, and takes nothing. What is typed earlier would be lost
 * when the browser's copy takes over. For the component itself, not for a frame around it, which is alive before its parts are.
 */
export function untilAlive<Props extends object>(Part: ComponentType<Props>): ComponentType<Props> {
  return function UntilAlive(props: Props) {
    const isAlive = useSyncExternalStore(
      never,
      () => true,
      () => false,
    );
    return (
      <div inert={!isAlive} className="contents">
        {createElement(Part, props)}
      </div>
    );
  };
}
