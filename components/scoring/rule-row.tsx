"use client";
import { X } from "lucide-react";
import { useState } from "react";
import { jobFunctions, jobFunctionWords, seniorities, seniorityWords } from "#server/leads/constants.ts";
import type { Condition, ScoringRule } from "#server/scoring/schema.ts";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { formatPoints } from "@/components/ui/why";
import { conditionsSay } from "./rule-words";

type Fact = Condition["fact"];
const FACTS: { value: Fact; label: string }[] = [
  { value: "seniority", label: "Rank in the title" },
  { value: "function", label: "Field of the title" },
  { value: "employees", label: "Company size" },
  { value: "industry", label: "Industry" },
  { value: "country", label: "Country" },
  { value: "keyword", label: "Words in a field" },
  { value: "domain", label: "Web domain" },
];
const BLANK: Record<Fact, Condition> = {
  seniority: { fact: "seniority", in: ["executive"] },
  function: { fact: "function", in: ["finance"] },
  employees: { fact: "employees", min: 50, max: 2_000 },
  industry: { fact: "industry", in: ["software"] },
  country: { fact: "country", in: ["IT"] },
  keyword: { fact: "keyword", field: "title", anyOf: ["finance"] },
  domain: { fact: "domain", in: ["competitor.example"] },
};

type Props = { rule: ScoringRule; canEdit: boolean; onChange: (rule: ScoringRule | null) => void };

/** "Title is finance leader +40": the sentence, its points, and the conditions behind it. */
export function RuleRow({ rule, canEdit, onChange }: Props) {
  const [isOpen, setOpen] = useState(false);
  const isNever = rule.effect === "never";
  return (
    <li className="border-t border-line py-1.5 text-sm first:border-t-0">
      <div className="flex min-h-8 items-center gap-3">
        <span className={`w-14 shrink-0 text-right font-medium tabular-nums ${isNever ? "text-bad" : ""}`}>
          {isNever ? "never" : formatPoints(rule.effect === "never" ? 0 : rule.effect)}
        </span>
        <span className="min-w-0 flex-1">
          <bdi className="font-medium">{rule.label}</bdi> <span className="text-muted">when {conditionsSay(rule)}</span>
        </span>
        {canEdit && (
          <Button size="sm" variant="quiet" aria-expanded={isOpen} aria-label={`Edit ${rule.label}`} onClick={() => setOpen(!isOpen)}>
            {isOpen ? "Close" : "Edit"}
          </Button>
        )}
      </div>
      {isOpen && <RuleEditor rule={rule} onChange={onChange} />}
    </li>
  );
}

function RuleEditor({ rule, onChange }: Omit<Props, "canEdit">) {
  const setCondition = (index: number, condition: Condition | null) =>
    onChange({ ...rule, when: rule.when.flatMap((each, at) => (at === index ? (condition ? [condition] : []) : [each])) });
  return (
    <div className="grid gap-3 py-2 pl-17 phone:pl-0">
      <div className="flex flex-wrap items-center gap-2">
        <Input
          aria-label="What the rule means"
          className="w-72"
          value={rule.label}
          onChange={(event) => onChange({ ...rule, label: event.target.value })}
        />
        <Input
          aria-label="Points"
          type="number"
          min={-100}
          max={100}
          className="w-20"
          disabled={rule.effect === "never"}
          value={rule.effect === "never" ? "" : rule.effect}
          onChange={(event) => onChange({ ...rule, effect: Math.round(Number(event.target.value)) })}
        />
        <Checkbox checked={rule.effect === "never"} onChange={(on) => onChange({ ...rule, effect: on ? "never" : 10 })}>
          Never: takes them out
        </Checkbox>
      </div>
      {rule.when.map((condition, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity but their place
        <div key={index} className="flex flex-wrap items-center gap-2">
          <Select label="What it looks at" options={FACTS} value={condition.fact} onChange={(fact) => setCondition(index, BLANK[fact])} />
          <ConditionFields condition={condition} onChange={(next) => setCondition(index, next)} />
          {rule.when.length > 1 && (
            <IconButton label="Take this condition out" onClick={() => setCondition(index, null)}>
              <X />
            </IconButton>
          )}
        </div>
      ))}
      <div className="flex gap-2">
        <Button size="sm" onClick={() => onChange({ ...rule, when: [...rule.when, BLANK.employees] })}>
          Add condition
        </Button>
        <Button size="sm" variant="danger" onClick={() => onChange(null)}>
          Remove rule
        </Button>
      </div>
    </div>
  );
}

function ConditionFields({ condition, onChange }: { condition: Condition; onChange: (condition: Condition) => void }) {
  const number = (text: string) => (text.trim() === "" ? undefined : Math.max(0, Math.round(Number(text)) || 0));
  switch (condition.fact) {
    case "seniority":
      return (
        <Ticks
          all={seniorities}
          words={seniorityWords}
          chosen={condition.in}
          onChange={(chosen) => onChange({ fact: "seniority", in: chosen })}
        />
      );
    case "function":
      return (
        <Ticks
          all={jobFunctions}
          words={jobFunctionWords}
          chosen={condition.in}
          onChange={(chosen) => onChange({ fact: "function", in: chosen })}
        />
      );
    case "employees": {
      const size = (min: number | undefined, max: number | undefined): Condition => ({
        fact: "employees",
        ...(min !== undefined && { min }),
        ...(max !== undefined && { max }),
      });
      return (
        <>
          <Input
            aria-label="At least"
            type="number"
            min={0}
            className="w-24"
            placeholder="at least"
            value={condition.min ?? ""}
            onChange={(event) => onChange(size(number(event.target.value), condition.max))}
          />
          <Input
            aria-label="At most"
            type="number"
            min={0}
            className="w-24"
            placeholder="at most"
            value={condition.max ?? ""}
            onChange={(event) => onChange(size(condition.min, number(event.target.value)))}
          />
        </>
      );
    }
    case "keyword":
      return (
        <>
          <Select
            label="In which field"
            options={[
              { value: "title", label: "Title" },
              { value: "company", label: "Company" },
              { value: "industry", label: "Industry" },
            ]}
            value={condition.field}
            onChange={(field) => onChange({ ...condition, field })}
          />
          <Words label="Words, with commas" words={condition.anyOf} onChange={(anyOf) => onChange({ ...condition, anyOf })} />
        </>
      );
    case "country":
      return (
        <Words
          label="Country codes, with commas"
          words={condition.in}
          onChange={(list) => onChange({ fact: "country", in: list.map((code) => code.toUpperCase()) })}
        />
      );
    case "industry":
    case "domain":
      return (
        <Words
          label={condition.fact === "industry" ? "Words, with commas" : "Web domains, with commas"}
          words={condition.in}
          onChange={(list) => onChange({ fact: condition.fact, in: list })}
        />
      );
  }
}

function Words({ label, words, onChange }: { label: string; words: readonly string[]; onChange: (words: string[]) => void }) {
  const [text, setText] = useState(words.join(", "));
  return (
    <Input
      aria-label={label}
      className="w-80 max-w-full"
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        const list = event.target.value
          .split(",")
          .map((word) => word.trim())
          .filter((word) => word !== "");
        if (list.length > 0) onChange(list);
      }}
    />
  );
}

function Ticks<T extends string>({
  all,
  words,
  chosen,
  onChange,
}: {
  all: readonly T[];
  words: Record<T, string>;
  chosen: readonly T[];
  onChange: (chosen: T[]) => void;
}) {
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-1">
      {all.map((each) => (
        <Checkbox
          key={each}
          checked={chosen.includes(each)}
          onChange={(on) => onChange(on ? [...chosen, each] : chosen.filter((other) => other !== each))}
        >
          {words[each]}
        </Checkbox>
      ))}
    </span>
  );
}
