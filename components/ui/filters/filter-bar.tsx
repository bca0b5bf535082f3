"use client";
import { Columns3, Plus, Search } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "../button";
import { Checkbox } from "../checkbox";
import { Chip } from "../chip";
import { fieldClass } from "../input";
import { Kbd } from "../kbd";
import { useKeys } from "../keys/use-keys";
import { Menu } from "../menu";
import { Popover } from "../popover";
import { RadioGroup } from "../radio";
import { useRowHeight } from "../table/row-height";
import type { Filter, FilterValues } from "./filter-state";
import type { FilterHandle } from "./use-filters";

type FilterBarProps = {
  filters: readonly Filter[];
  handle: FilterHandle;
  searchLabel?: string;
  /** For lists that cannot be searched. */
  hideSearch?: boolean;
  /** "Grade" → "-grade": what the menu Sort offers. */
  sorts?: readonly { value: string; label: string }[];
  defaultSort?: string;
  columns?: {
    all: readonly { id: string; header: string }[];
    hidden: Record<string, boolean>;
    onChange: (hidden: Record<string, boolean>) => void;
  };
  children?: ReactNode;
};

/** Chips `Owner: me ×`, `+ Filter`, Search `/`, Columns, Sort. All of it lives in the address. */
export function FilterBar({ filters, handle, searchLabel = "Search", hideSearch, sorts, defaultSort, columns, children }: FilterBarProps) {
  const [editing, setEditing] = useState<string | null>(null);
  const free = filters.filter((filter) => !handle.active.includes(filter));
  const shown = filters.filter((filter) => handle.active.includes(filter) || editing === filter.key);

  return (
    <search className="flex min-h-11 flex-wrap items-center gap-2 border-b border-line px-6 py-1.5 phone:px-4">
      {children}
      {shown.map((filter) => (
        <FilterChip
          key={filter.key}
          filter={filter}
          handle={handle}
          open={editing === filter.key}
          onOpenChange={(open) => setEditing(open ? filter.key : null)}
        />
      ))}
      {free.length > 0 && (
        <Menu
          trigger={
            <button
              type="button"
              className="-ml-2 inline-flex h-7 items-center gap-1 rounded-control px-2 text-sm text-muted hover:bg-hover hover:text-ink phone:h-11"
            >
              <Plus className="size-3.5" /> Filter
            </button>
          }
          entries={free.map((filter) => ({
            label: filter.kind === "flag" ? (filter.text ?? filter.label) : filter.label,
            onSelect: () => (filter.kind === "flag" ? handle.set(filter.key, true) : setEditing(filter.key)),
          }))}
        />
      )}
      {handle.isFiltered && (
        <button
          type="button"
          onClick={handle.clear}
          className="h-7 rounded-control px-2 text-sm text-accent hover:bg-accent-soft phone:h-11"
        >
          Clear filters
        </button>
      )}
      <span className="ml-auto flex items-center gap-2 phone:min-w-64 phone:flex-1">
        {!hideSearch && <SearchField label={searchLabel} value={handle.search} onChange={handle.setSearch} />}
        {columns && <ColumnsButton {...columns} />}
        {sorts && sorts.length > 0 && (
          <Menu
            align="end"
            trigger={
              <Button variant="quiet" size="sm">
                Sort: {sorts.find((sort) => sort.value === (handle.sort ?? defaultSort))?.label.toLowerCase() ?? "default"}
              </Button>
            }
            entries={sorts.map((sort) => ({
              label: sort.label,
              checked: sort.value === (handle.sort ?? defaultSort),
              onSelect: () => handle.setSort(sort.value),
            }))}
          />
        )}
      </span>
    </search>
  );
}

function FilterChip({
  filter,
  handle,
  open,
  onOpenChange,
}: {
  filter: Filter;
  handle: FilterHandle;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const value = handle.values[filter.key];
  const remove = () => handle.set(filter.key, null);
  if (filter.kind === "flag") return <Chip onRemove={remove}>{filter.text ?? filter.label}</Chip>;
  const chosen = new Set(Array.isArray(value) ? value : typeof value === "string" ? [value] : []);
  const words = filter.options.filter((option) => chosen.has(option.value)).map((option) => option.label);
  const pick = (option: string) => {
    if (filter.kind === "one") {
      handle.set(filter.key, chosen.has(option) ? null : option);
      onOpenChange(false);
      return;
    }
    const next = chosen.has(option) ? [...chosen].filter((each) => each !== option) : [...chosen, option];
    handle.set(filter.key, next satisfies FilterValues[string]);
  };
  return (
    <span className="inline-flex">
      <Popover
        title={filter.label}
        open={open}
        onOpenChange={onOpenChange}
        trigger={
          <button
            type="button"
            className="inline-flex h-7 max-w-60 items-center rounded-l-control border border-r-0 border-accent/40 bg-accent-soft px-2 text-sm text-accent phone:h-11"
          >
            <span className="truncate">
              {filter.label}
              {words.length > 0 && `: ${words.length > 3 ? `${words.length} chosen` : words.join(", ")}`}
            </span>
          </button>
        }
      >
        <div className="grid max-h-80 min-w-48 gap-1.5">
          {filter.options.map((option) =>
            filter.kind === "many" ? (
              <Checkbox key={option.value} checked={chosen.has(option.value)} onChange={() => pick(option.value)} detail={option.detail}>
                {option.label}
              </Checkbox>
            ) : (
              <button
                key={option.value}
                type="button"
                aria-pressed={chosen.has(option.value)}
                onClick={() => pick(option.value)}
                className="rounded-control px-2 py-1 text-left text-sm hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:text-accent"
              >
                {option.label}
              </button>
            ),
          )}
        </div>
      </Popover>
      <button
        type="button"
        aria-label={`Remove the filter ${filter.label}`}
        onClick={remove}
        className="inline-flex h-7 w-6 items-center justify-center rounded-r-control border border-l-0 border-accent/40 bg-accent-soft text-accent hover:bg-accent/15 phone:h-11"
      >
        ×
      </button>
    </span>
  );
}

const HEIGHTS = [
  { value: "compact", label: "Compact rows" },
  { value: "comfortable", label: "Comfortable rows" },
] as const;
const TYPING_MS = 250;

export function SearchField({ label, value, onChange }: { label: string; value: string; onChange: (text: string) => void }) {
  const ref = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  useKeys([{ keys: "/", label: "Search in this list", group: "Lists", run: () => ref.current?.focus() }]);
  return (
    <span className="relative w-52 phone:w-auto phone:flex-1">
      <Search aria-hidden="true" className="absolute top-1/2 left-2 size-3.5 -translate-y-1/2 text-muted" />
      <input
        ref={ref}
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
        className={`${fieldClass} h-7 pr-7 pl-7 phone:h-11`}
      />
      {!text && <Kbd className="absolute top-1/2 right-1.5 -translate-y-1/2 phone:hidden">/</Kbd>}
    </span>
  );
}

function ColumnsButton({
  all,
  hidden,
  onChange,
}: {
  all: readonly { id: string; header: string }[];
  hidden: Record<string, boolean>;
  onChange: (hidden: Record<string, boolean>) => void;
}) {
  const rows = useRowHeight();
  return (
    <span className="phone:hidden">
      <Popover
        title="Columns"
        align="end"
        trigger={
          <Button variant="quiet" size="sm" icon={<Columns3 />}>
            Columns
          </Button>
        }
      >
        <div className="grid min-w-40 gap-1.5">
          {all.map((column) => (
            <Checkbox key={column.id} checked={!hidden[column.id]} onChange={(on) => onChange({ ...hidden, [column.id]: !on })}>
              {column.header}
            </Checkbox>
          ))}
          <hr className="my-1 border-line" />
          <RadioGroup label="Row height" options={HEIGHTS} value={rows.name} onChange={rows.set} />
        </div>
      </Popover>
    </span>
  );
}
