/** At most five series, told apart by colour and by dash. */
export const COLOURS = ["var(--chart-1)", "var(--chart-2)", "var(--chart-3)", "var(--chart-4)", "var(--chart-5)"];
export const DASHES = ["", "6 3", "2 3", "8 3 2 3", "1 4"];
