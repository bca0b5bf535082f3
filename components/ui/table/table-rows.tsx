"use client";
import { MoreHorizontal } from "lucide-react";
import type { CSSProperties, MouseEvent, ReactNode } from "react";
import { Checkbox } from "../checkbox";
import { cx } from "../class-names";
import { Menu } from "../menu";
import type { Column, PhoneRow, RowAction } from "./column";

export const CHECK_WIDTH = 48;
export const MENU_WIDTH = 44;

/** In a fixed layout the first row decides: every column has its width, the one that grows takes what is left. */
export function cellStyle<Row>(column: Column<Row>): CSSProperties {
  return column.grow ? {} : { width: column.width };
}

/** Narrower than this the table scrolls sideways under its first columns. */
export function tableMinWidth<Row>(columns: readonly Column<Row>[], parts: { check: boolean; menu: boolean }): number {
  return columns.reduce((sum, column) => sum + column.width, (parts.check ? CHECK_WIDTH : 0) + (parts.menu ? MENU_WIDTH : 0));
}

type RowProps<Row> = {
  row: Row;
  id: string;
  name: string;
  index: number;
  columns: readonly Column<Row>[];
  /** px */
  height: number;
  isFocused: boolean;
  isOpen: boolean;
  isTabStop: boolean;
  onFocus: () => void;
  onClick: (event: MouseEvent) => void;
  selected: boolean | undefined;
  onSelect: (event: { shiftKey: boolean }) => void;
  /** null: this list has no verbs. An empty list keeps the column in line. */
  actions: readonly RowAction[] | null;
  isMenuOpen: boolean;
  onMenuOpenChange: (open: boolean) => void;
};

export function TableRow<Row>(props: RowProps<Row>) {
  const { row, id, index, columns, isFocused, isOpen, selected, actions } = props;
  const ground = selected || isOpen ? "bg-accent-soft" : isFocused ? "bg-hover" : "bg-page group-hover:bg-hover";
  return (
    <tr
      data-row={id}
      aria-rowindex={index + 2}
      aria-selected={selected}
      tabIndex={props.isTabStop ? 0 : -1}
      onFocus={props.onFocus}
      onClick={props.onClick}
      style={{ height: props.height }}
      className="table-row-ring group cursor-default scroll-mt-8 text-sm"
    >
      {selected !== undefined && (
        <td className={cx("sticky left-0 z-10 border-b border-line pl-6", ground)} style={{ width: CHECK_WIDTH }}>
          <Checkbox
            label={`Select ${props.name}`}
            checked={selected}
            tabIndex={-1}
            onChange={() => {}}
            onClick={(event) => {
              event.stopPropagation();
              props.onSelect(event);
            }}
          />
        </td>
      )}
      {columns.map((column, at) => (
        <td
          key={column.id}
          style={{ ...cellStyle(column), ...(at === 0 && { left: selected !== undefined ? CHECK_WIDTH : 0 }) }}
          className={cx(
            "overflow-hidden border-b border-line px-2 text-ellipsis whitespace-nowrap",
            at === 0 && "sticky z-10",
            at === 0 && selected === undefined && "pl-6",
            column.align === "end" && "text-right",
            ground,
          )}
        >
          {column.cell(row)}
        </td>
      ))}
      {actions && (
        <td className={cx("sticky right-0 z-10 border-b border-line px-2 text-right", ground)} style={{ width: MENU_WIDTH }}>
          {actions.length > 0 && <RowMenu {...props} actions={actions} />}
        </td>
      )}
    </tr>
  );
}

function RowMenu<Row>({ name, actions, isMenuOpen, onMenuOpenChange, isFocused }: RowProps<Row> & { actions: readonly RowAction[] }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps a click on the menu from opening the row
    // biome-ignore lint/a11y/useKeyWithClickEvents: same
    <span onClick={(event) => event.stopPropagation()}>
      <Menu
        align="end"
        open={isMenuOpen}
        onOpenChange={onMenuOpenChange}
        entries={actions}
        trigger={
          <button
            type="button"
            tabIndex={-1}
            aria-label={`Verbs of ${name}`}
            className={cx(
              "inline-flex size-7 items-center justify-center rounded-control text-muted hover:bg-line hover:text-ink focus-visible:opacity-100 group-hover:opacity-100 group-focus-within:opacity-100",
              isMenuOpen || isFocused ? "opacity-100" : "opacity-0",
            )}
          >
            <MoreHorizontal className="size-4" />
          </button>
        }
      />
    </span>
  );
}

type PhoneRowProps = {
  content: PhoneRow;
  id: string;
  name: string;
  onOpen: () => void;
  selected: boolean | undefined;
  onSelect: (event: { shiftKey: boolean }) => void;
  selecting: boolean;
  menu?: ReactNode;
};

/** Two lines: name · state / company · next. */
export function PhoneTableRow({ content, id, name, onOpen, selected, onSelect, selecting }: PhoneRowProps) {
  return (
    <li data-row={id} className={cx("flex items-center gap-3 border-b border-line px-4", selected && "bg-accent-soft")}>
      {selecting && selected !== undefined && (
        <Checkbox label={`Select ${name}`} checked={selected} onChange={() => onSelect({ shiftKey: false })} />
      )}
      {content.lead}
      <button
        type="button"
        data-ring="inside"
        onClick={onOpen}
        className="grid min-h-14 min-w-0 flex-1 grid-cols-[1fr_auto] content-center gap-x-3 py-2 text-left text-sm"
      >
        <span className="truncate font-medium">{content.title}</span>
        <span className="max-w-36 justify-self-end text-right">{content.state}</span>
        <span className="truncate text-muted">{content.detail}</span>
        <span className="text-right text-muted">{content.next}</span>
      </button>
    </li>
  );
}
