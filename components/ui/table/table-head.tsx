"use client";
import { ArrowDown, ArrowUp } from "lucide-react";
import { Checkbox } from "../checkbox";
import { cx } from "../class-names";
import { Tooltip } from "../tooltip";
import type { Column } from "./column";
import { CHECK_WIDTH, cellStyle, MENU_WIDTH } from "./table-rows";

type TableHeadProps<Row> = {
  columns: readonly Column<Row>[];
  sort: { value: string | null; onChange: (value: string) => void } | undefined;
  hasMenu: boolean;
  selection: { checked: boolean; mixed: boolean; onChange: (checked: boolean) => void } | undefined;
};

const CELL =
  "sticky top-0 h-8 overflow-hidden border-b border-line bg-page px-2 text-left text-xs font-medium whitespace-nowrap text-muted";

export function TableHead<Row>({ columns, sort, hasMenu, selection }: TableHeadProps<Row>) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {selection && (
          <th scope="col" className={cx(CELL, "left-0 z-30 pl-6")} style={{ width: CHECK_WIDTH }}>
            <Checkbox
              label="Select all that are loaded"
              checked={selection.checked}
              mixed={selection.mixed}
              onChange={selection.onChange}
            />
          </th>
        )}
        {columns.map((column, at) => (
          <th
            key={column.id}
            scope="col"
            aria-sort={ariaSort(column, sort?.value)}
            style={{ ...cellStyle(column), ...(at === 0 && { left: selection ? CHECK_WIDTH : 0 }) }}
            className={cx(CELL, at === 0 ? "z-30" : "z-20", at === 0 && !selection && "pl-6", column.align === "end" && "text-right")}
          >
            <HeadCell column={column} sort={sort} />
          </th>
        ))}
        {hasMenu && (
          <th scope="col" className={cx(CELL, "right-0 z-20")} style={{ width: MENU_WIDTH }}>
            <span className="sr-only">Verbs</span>
          </th>
        )}
      </tr>
    </thead>
  );
}

function HeadCell<Row>({ column, sort }: { column: Column<Row>; sort: TableHeadProps<Row>["sort"] }) {
  const { sort: by } = column;
  const direction = by === undefined ? null : sort?.value === by ? "up" : sort?.value === `-${by}` ? "down" : null;
  const text =
    sort && by !== undefined ? (
      <button
        type="button"
        onClick={() => sort.onChange(direction === "down" ? by : `-${by}`)}
        className="inline-flex h-6 items-center gap-1 rounded-[4px] hover:text-ink"
      >
        {column.header}
        {direction === "up" && <ArrowUp className="size-3" />}
        {direction === "down" && <ArrowDown className="size-3" />}
      </button>
    ) : (
      <span>{column.header}</span>
    );
  return column.explains ? <Tooltip label={column.explains}>{text}</Tooltip> : text;
}

function ariaSort<Row>(column: Column<Row>, value: string | null | undefined): "ascending" | "descending" | undefined {
  if (column.sort === undefined || !value) return undefined;
  return value === column.sort ? "ascending" : value === `-${column.sort}` ? "descending" : undefined;
}
