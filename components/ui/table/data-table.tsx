"use client";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { BrokenState, FilteredEmpty, StaleList } from "../list-states";
import { useIsPhone } from "../media";
import { Popover } from "../popover";
import { SkeletonRows } from "../skeleton";
import type { Column, PhoneRow, RowAction, Selection } from "./column";
import { HeldRows } from "./held-rows";
import { useRowHeight } from "./row-height";
import { SelectionBar } from "./selection-bar";
import { TableHead } from "./table-head";
import { PhoneTableRow, TableRow, tableMinWidth } from "./table-rows";
import { useHeldRows } from "./use-held-rows";
import { useRowKeys } from "./use-row-keys";
import { useRowWindow } from "./use-row-window";
import { useSelection } from "./use-selection";
import { wantsMore } from "./wants-more";

const PHONE_ROW = 57;
const HEAD = 32;
const NO_ACTIONS: readonly RowAction[] = [];

export type DataTableProps<Row> = {
  /** What the rows are, in the plural and lower case: "leads". */
  noun: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  rowId: (row: Row) => string;
  /** For screen readers and "Select …". */
  rowName: (row: Row) => string;
  /** Two lines on a phone. */
  phoneRow: (row: Row) => PhoneRow;
  /** How many match, loaded or not. Omit while unknown. */
  total?: number | undefined;
  isLoading?: boolean;
  error?: { message: string } | null;
  onRetry?: () => void;
  /** Never used: an EmptyState. */
  empty: ReactNode;
  /** Give when filters stand, so that an empty list says "No leads match." */
  filtered?: { totalWithout?: number | undefined; onClear: () => void } | undefined;
  /** Enter, and a click on a phone. */
  onOpen?: (row: Row) => void;
  /** Space, and a click on the row: the record beside the list. */
  panel?: (row: Row, close: () => void) => ReactNode;
  actions?: (row: Row) => readonly RowAction[];
  /** W on the focused row: a WhyPanel. */
  why?: (row: Row) => ReactNode;
  /** Bulk verbs; without it nothing can be selected. */
  bulk?: (selection: Selection) => ReactNode;
  /** Everything that matches can be chosen: the filter that this choice is made under. */
  matching?: string;
  /** Stands above the table; the selection bar takes its place. */
  filterBar?: ReactNode;
  sort?: { value: string | null; onChange: (value: string) => void };
  hiddenColumns?: Record<string, boolean>;
  onEndReached?: () => void;
  isFetchingMore?: boolean;
  /** The filter and sort that these rows answer: while it stays, new rows wait behind "3 new, show". */
  holdKey?: string;
};

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rowId, rowName, total } = props;
  const { rows, held, show } = useHeldRows(props.rows, rowId, props.holdKey);
  const isPhone = useIsPhone();
  const { px } = useRowHeight();
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const [openId, setOpenId] = useState<string | null>(null);
  const [menuId, setMenuId] = useState<string | null>(null);
  const [whyId, setWhyId] = useState<string | null>(null);

  const ids = useMemo(() => rows.map(rowId), [rows, rowId]);
  const byId = useMemo(() => new Map(rows.map((row) => [rowId(row), row])), [rows, rowId]);
  const picks = useSelection(ids, total, props.matching);
  const chosen = picks.selection.ids;
  const canSelect = props.bulk !== undefined;

  const { hiddenColumns } = props;
  const columns = props.columns.filter((column) => (hiddenColumns ? hiddenColumns[column.id] !== true : !column.hidden));

  const drawn = useRowWindow({ box: scroller, count: rows.length, rowHeight: isPhone ? PHONE_ROW : px });
  const reveal = useCallback(
    (index: number) => {
      drawn.reveal(index, isPhone ? 0 : HEAD);
      requestAnimationFrame(() =>
        scroller?.querySelector<HTMLElement>(`[data-row="${CSS.escape(ids[index] ?? "")}"]`)?.focus({ preventScroll: true }),
      );
    },
    [drawn.reveal, scroller, isPhone, ids],
  );

  const actionsOf = (id: string) => {
    const row = byId.get(id);
    return row && props.actions ? props.actions(row) : NO_ACTIONS;
  };
  const openRow = (id: string) => {
    const row = byId.get(id);
    if (row) props.onOpen?.(row);
  };
  const { focusedId, setFocusedId } = useRowKeys({
    ids,
    reveal,
    onOpen: props.onOpen && openRow,
    onTogglePanel: props.panel && ((id) => setOpenId((old) => (old === id ? null : id))),
    onToggleSelected: canSelect ? picks.toggle : undefined,
    onSelectRange: canSelect ? picks.chooseRange : undefined,
    onWhy: props.why && setWhyId,
    onMenu: props.actions && setMenuId,
    actions: actionsOf,
    onClear: chosen.length > 0 && openId === null ? picks.selection.clear : undefined,
  });
  // While the panel is open it follows the focused row.
  const shownId = openId === null ? null : focusedId !== null && byId.has(focusedId) ? focusedId : openId;
  const shown = shownId === null ? undefined : byId.get(shownId);
  const whyRow = whyId === null ? undefined : byId.get(whyId);

  const select = (id: string) => (event: { shiftKey: boolean }) => picks.click(id, event.shiftKey);
  const activate = (id: string) => {
    setFocusedId(id);
    if (props.panel && !isPhone) setOpenId(id);
    else openRow(id);
  };

  const inSight = rows.slice(drawn.start, drawn.end).map((row, at) => ({ row, id: ids[drawn.start + at] ?? "", index: drawn.start + at }));
  const end = { drawnTo: drawn.end, loaded: rows.length, isFetching: props.isFetchingMore === true, hasFailed: props.error != null };
  if (props.onEndReached && wantsMore(end)) queueMicrotask(props.onEndReached);

  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col">
        {chosen.length > 0 && props.bulk ? (
          <SelectionBar
            noun={props.noun}
            selection={picks.selection}
            total={props.matching !== undefined ? total : undefined}
            allLoaded={chosen.length === ids.length}
            onSelectAllMatching={picks.chooseAllMatching}
            bulk={props.bulk}
          />
        ) : (
          props.filterBar
        )}
        {props.error && rows.length === 0 ? (
          <BrokenState error={props.error} onRetry={props.onRetry ?? (() => {})} />
        ) : props.isLoading ? (
          <SkeletonRows rows={12} label={`Loading ${props.noun}`} />
        ) : rows.length === 0 ? (
          props.filtered ? (
            <FilteredEmpty noun={props.noun} {...props.filtered} />
          ) : (
            props.empty
          )
        ) : (
          <div ref={setScroller} className="relative min-h-0 flex-1 overflow-auto">
            <HeldRows held={held} onShow={show} />
            {isPhone ? (
              <ul aria-label={props.noun} className="pb-16">
                <li aria-hidden="true" style={{ height: drawn.above }} />
                {inSight.map(({ row, id }) => (
                  <PhoneTableRow
                    key={id}
                    id={id}
                    name={rowName(row)}
                    content={props.phoneRow(row)}
                    onOpen={() => activate(id)}
                    selecting={chosen.length > 0}
                    selected={canSelect ? chosen.includes(id) : undefined}
                    onSelect={select(id)}
                  />
                ))}
                <li aria-hidden="true" style={{ height: drawn.below }} />
              </ul>
            ) : (
              <table
                aria-label={props.noun}
                aria-rowcount={(total ?? rows.length) + 1}
                className="w-full table-fixed border-separate border-spacing-0"
                style={{ minWidth: tableMinWidth(columns, { check: canSelect, menu: props.actions !== undefined }) }}
              >
                <TableHead
                  columns={columns}
                  sort={props.sort}
                  hasMenu={props.actions !== undefined}
                  selection={
                    canSelect
                      ? {
                          checked: chosen.length === ids.length,
                          mixed: chosen.length > 0 && chosen.length < ids.length,
                          onChange: (on) => (on ? picks.chooseLoaded() : picks.selection.clear()),
                        }
                      : undefined
                  }
                />
                <tbody>
                  {drawn.above > 0 && <Spacer height={drawn.above} />}
                  {inSight.map(({ row, id, index }) => (
                    <TableRow
                      key={id}
                      row={row}
                      id={id}
                      name={rowName(row)}
                      index={index}
                      columns={columns}
                      height={px}
                      isFocused={focusedId === id}
                      isOpen={shownId === id}
                      isTabStop={focusedId === null ? index === 0 : focusedId === id}
                      onFocus={() => setFocusedId(id)}
                      onClick={(event) => {
                        if (!(event.target instanceof Element && event.target.closest("a,button,input,label"))) activate(id);
                      }}
                      selected={canSelect ? picks.isChosen(id) : undefined}
                      onSelect={select(id)}
                      actions={props.actions ? actionsOf(id) : null}
                      isMenuOpen={menuId === id}
                      onMenuOpenChange={(open) => setMenuId(open ? id : null)}
                    />
                  ))}
                  {drawn.below > 0 && <Spacer height={drawn.below} />}
                </tbody>
              </table>
            )}
            {props.isFetchingMore && <SkeletonRows rows={2} label={`Loading more ${props.noun}`} />}
            {props.error && !props.isFetchingMore && <StaleList error={props.error} onRetry={props.onRetry} />}
          </div>
        )}
      </div>
      {shown !== undefined && props.panel?.(shown, () => setOpenId(null))}
      {props.why && whyRow !== undefined && (
        <Popover
          title="Why"
          hideTitle
          open
          onOpenChange={(open) => !open && setWhyId(null)}
          anchor={() => scroller?.querySelector(`[data-row="${CSS.escape(whyId ?? "")}"] td:nth-child(3)`) ?? null}
        >
          <div className="w-80 max-w-full">{props.why(whyRow)}</div>
        </Popover>
      )}
    </div>
  );
}

function Spacer({ height }: { height: number }) {
  return (
    <tr>
      <td style={{ height, padding: 0 }} />
    </tr>
  );
}
