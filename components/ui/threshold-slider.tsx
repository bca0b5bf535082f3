"use client";
import { Slider } from "@base-ui/react/slider";

type ThresholdSliderProps = {
  /** Of the whole: "Scores of 40 people". */
  label: string;
  /** How many fall into each equal part of 0 to 100. */
  histogram: readonly number[];
  /** What each part is called in the table for screen readers: "people". */
  counts: string;
  /** Rising limits between 1 and 100, one handle each. */
  values: readonly number[];
  names: readonly string[];
  disabled?: boolean;
  onChange: (values: number[]) => void;
};

/** Limits dragged over the distribution that they cut: a handle for each, by pointer or arrow keys; none passes its neighbour. */
export function ThresholdSlider({ label, histogram, counts, values, names, disabled, onChange }: ThresholdSliderProps) {
  const most = Math.max(1, ...histogram);
  const part = 100 / histogram.length;
  return (
    <Slider.Root
      aria-label={label}
      value={[...values]}
      onValueChange={(next) => onChange([...(next as readonly number[])])}
      min={0}
      max={100}
      largeStep={5}
      minStepsBetweenValues={1}
      thumbCollisionBehavior="none"
      thumbAlignment="center"
      disabled={disabled}
      className="relative mb-4 max-w-form px-3"
    >
      <div aria-hidden="true" className="flex h-24 items-end gap-px">
        {histogram.map((count, at) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a scale are their places
            key={at}
            title={`${Math.round(at * part)} to ${Math.round((at + 1) * part) - (at === histogram.length - 1 ? 0 : 1)}: ${count.toLocaleString("en-GB")} ${counts}`}
            className="min-w-0 flex-1 rounded-t-[2px] bg-(--chart-1)"
            style={{ height: count === 0 ? 1 : `${Math.max(3, (count / most) * 100)}%`, opacity: count === 0 ? 0.4 : 1 }}
          />
        ))}
      </div>
      <Slider.Control className="relative flex h-9 items-start phone:h-12">
        <Slider.Track className="relative h-px w-full bg-control">
          {values.map((_, index) => (
            <Slider.Thumb
              key={names[index]}
              index={index}
              getAriaLabel={(at) => `${names[at]} from`}
              className="group absolute top-0 z-10 flex size-6 cursor-ew-resize items-center justify-center rounded-control border border-control bg-surface text-xs font-semibold text-ink data-disabled:cursor-default phone:size-8 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
            >
              <span aria-hidden="true" className="pointer-events-none absolute bottom-full left-1/2 h-24 w-px bg-ink/60" />
              {names[index]}
            </Slider.Thumb>
          ))}
        </Slider.Track>
      </Slider.Control>
      <div aria-hidden="true" className="flex justify-between text-xs text-muted">
        <span>0</span>
        <span>50</span>
        <span>100</span>
      </div>
      <table className="sr-only">
        <caption>{label}</caption>
        <tbody>
          {histogram.map((count, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a scale are their places
            <tr key={at}>
              <th scope="row">
                {Math.round(at * part)} to {Math.round((at + 1) * part)}
              </th>
              <td>
                {count} {counts}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Slider.Root>
  );
}
