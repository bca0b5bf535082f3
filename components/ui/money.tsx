/** Nine digits fit; sums are short in heads and exact on focus. */
export function formatMoney(cents: bigint | number, currency: string, options: { short?: boolean } = {}): string {
  const amount = Number(cents) / 100;
  const isWhole = Number.isInteger(amount);
  const format = new Intl.NumberFormat("en-GB", {
    style: "currency",
    currency,
    minimumFractionDigits: 0,
    maximumFractionDigits: options.short ? 1 : isWhole ? 0 : 2,
    ...(options.short && Math.abs(amount) >= 10_000 && { notation: "compact" as const }),
  });
  return format.format(amount).replace(/K$/, "k");
}

export function Money({ cents, currency, short }: { cents: bigint | number | null; currency: string; short?: boolean }) {
  if (cents === null) return <span className="text-muted">–</span>;
  return (
    <span className="whitespace-nowrap tabular-nums" title={short ? formatMoney(cents, currency) : undefined}>
      {formatMoney(cents, currency, { short: short ?? false })}
    </span>
  );
}
