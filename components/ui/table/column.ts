import type { ReactNode } from "react";

export type Column<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Width in px; the column marked `grow` takes what is left (at least its width). */
  width: number;
  grow?: boolean;
  /** Numbers are right-aligned. */
  align?: "end";
  /** What the column counts, shown with the header. */
  explains?: string;
  /** The filter bar's sort value that this header toggles. */
  sort?: string;
  /** Not shown until the person adds it under Columns. */
  hidden?: boolean;
};

/** A verb of a row: in the row's menu, and under its key when the row has the focus. */
export type RowAction = { label: string; hotkey?: string | undefined; onSelect?: () => void; href?: string; tone?: "bad" };

/** What the bulk verbs act on. `allMatching`: every row of the filter, also those not loaded. */
export type Selection = { ids: string[]; allMatching: boolean; count: number; clear: () => void };

/** A row on a phone: two lines (name · state / company · next). */
export type PhoneRow = { title: ReactNode; state?: ReactNode; detail?: ReactNode; next?: ReactNode; lead?: ReactNode };
