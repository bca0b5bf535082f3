import type { Config } from "tailwindcss";

const token = (name: string) => `var(--${name})`;

/** Names for the tokens of app/globals.css. Colour means state, never decoration. */
export default {
  content: ["./app/**/*.tsx", "./components/**/*.tsx"],
  darkMode: "class",
  theme: {
    extend: {
      colors: {
        page: token("page"),
        canvas: token("canvas"),
        surface: token("surface"),
        hover: token("hover"),
        ink: token("ink"),
        muted: token("muted"),
        line: token("line"),
        control: token("control"),
        accent: { DEFAULT: token("accent"), soft: token("accent-soft"), strong: token("accent-strong") },
        "on-accent": token("on-accent"),
        "on-bad": token("on-bad"),
        good: { DEFAULT: token("good"), soft: token("good-soft") },
        attention: { DEFAULT: token("attention"), soft: token("attention-soft") },
        bad: { DEFAULT: token("bad"), soft: token("bad-soft") },
      },
      fontFamily: {
        sans: ["var(--font-geist-sans)", "system-ui", "sans-serif"],
        mono: ["var(--font-geist-mono)", "ui-monospace", "monospace"],
      },
      fontSize: {
        xs: ["12px", "16px"],
        sm: ["13px", "20px"],
        base: ["14px", "20px"],
        lg: ["16px", "24px"],
        xl: ["20px", "28px"],
        "2xl": ["28px", "36px"],
      },
      borderRadius: { control: "6px", panel: "8px" },
      boxShadow: { float: token("float-shadow") },
      spacing: { rail: "208px", "rail-folded": "48px", panel: "440px" },
      maxWidth: { reading: "680px", form: "560px" },
      screens: { phone: { max: "767px" } },
    },
  },
} satisfies Config;
