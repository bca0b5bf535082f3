import type { CampaignStep, StepInput } from "../schema.ts";

export type StepDiff = {
  /** as they are, perhaps at another place */
  kept: { step: CampaignStep; position: number }[];
  /** same step, other content */
  changed: { step: CampaignStep; input: StepInput; position: number }[];
  added: { input: StepInput; position: number }[];
  /** `position`: the place after which people on it continue */
  removed: { step: CampaignStep; position: number }[];
};

/** What an edit does to the steps. A step is the same one by its id and kind; its words and order may change. */
export function diffSteps(current: readonly CampaignStep[], wanted: readonly StepInput[]): StepDiff {
  const diff: StepDiff = { kept: [], changed: [], added: [], removed: [] };
  const byId = new Map(current.map((step) => [step.id, step]));
  wanted.forEach((input, index) => {
    const position = index + 1;
    const step = input.id ? byId.get(input.id) : undefined;
    if (step && step.kind === input.kind) {
      byId.delete(step.id);
      if (isSame(step.config, input.config)) diff.kept.push({ step, position });
      else diff.changed.push({ step, input, position });
    } else diff.added.push({ input, position });
  });
  const places = new Map([...diff.kept, ...diff.changed].map(({ step, position }) => [step.id, position]));
  let last = 0;
  for (const step of [...current].sort((a, b) => a.position - b.position)) {
    last = places.get(step.id) ?? last;
    if (byId.has(step.id)) diff.removed.push({ step, position: last });
  }
  return diff;
}

function isSame(a: object, b: object): boolean {
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return left.length === right.size && left.every(([key, value]) => right.get(key) === value);
}
