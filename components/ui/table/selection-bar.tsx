"use client";
import type { ReactNode } from "react";
import { Button } from "../button";
import type { Selection } from "./column";

type SelectionBarProps = {
  noun: string;
  selection: Selection;
  total: number | undefined;
  allLoaded: boolean;
  onSelectAllMatching: () => void;
  bulk: (selection: Selection) => ReactNode;
};

/** In place of the filter bar: "50 selected · Select all 12,408 matching" and the bulk verbs. */
export function SelectionBar({ noun, selection, total, allLoaded, onSelectAllMatching, bulk }: SelectionBarProps) {
  const canWiden = !selection.allMatching && allLoaded && total !== undefined && total > selection.ids.length;
  return (
    <div
      role="toolbar"
      aria-label={`Selected ${noun}`}
      className="flex min-h-11 flex-wrap items-center gap-2 border-b border-line bg-accent-soft px-6 py-1.5 phone:px-4"
    >
      <span role="status" className="text-sm font-medium">
        {selection.allMatching
          ? `All ${selection.count.toLocaleString("en-GB")} matching selected`
          : `${selection.count.toLocaleString("en-GB")} selected`}
      </span>
      {canWiden && (
        <button
          type="button"
          onClick={onSelectAllMatching}
          className="rounded-control px-1.5 py-1 text-sm font-medium text-accent hover:bg-accent/15"
        >
          Select all {total.toLocaleString("en-GB")} matching
        </button>
      )}
      <span className="flex flex-1 flex-wrap items-center justify-end gap-2">
        {bulk(selection)}
        <Button variant="quiet" onClick={selection.clear}>
          Clear
        </Button>
      </span>
    </div>
  );
}
