import sanitizeHtml from "sanitize-html";

const BLOCKS = new Set("p div br li ul ol tr table h1 h2 h3 h4 blockquote hr pre section article center dl dd dt".split(" "));
/** Kept so that what hides inside them is dropped with them. */
const INLINE = "span font a b i u em strong small big td th label s sub sup code tbody thead".split(" ");
const HIDDEN_STYLE =
  /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])|opacity\s*:\s*0(?![.\d]*[1-9])|(?:max-)?(?:height|width)\s*:\s*0(?![.\d]*[1-9])|mso-hide\s*:\s*all|color\s*:\s*(?:white|#fff(?:fff)?)\b/i;
const QUOTE_CLASS = /\b(?:gmail_quote|gmail_attr|yahoo_quoted|moz-cite-prefix|protonmail_quote|zmail_extra)\b/i;

/**
 * The text that a person sees in an HTML mail: hidden elements are dropped (a hidden instruction is no text), quoted
 * blocks are marked with ">" so that they are cut like those of a plain mail. sanitize-html makes the tree well-formed first.
 */
export function textFromHtml(html: string): string {
  if (html === "") return "";
  const safe = sanitizeHtml(html, {
    allowedTags: [...BLOCKS, ...INLINE],
    allowedAttributes: {},
    nonTextTags: ["style", "script", "textarea", "option", "noscript", "head", "title"],
    nestingLimit: 60,
    exclusiveFilter: (frame) => HIDDEN_STYLE.test(frame.attribs.style ?? "") || "hidden" in frame.attribs,
    transformTags: {
      div: (_tag, attribs) => ({
        tagName: QUOTE_CLASS.test(attribs.class ?? "") || attribs.id === "divRplyFwdMsg" ? "blockquote" : "div",
        attribs,
      }),
    },
  });
  return layOut(safe);
}

function layOut(safe: string): string {
  const lines: string[] = [];
  let line = "";
  let quoted = 0;
  const push = () => {
    lines.push(quoted > 0 ? `> ${line.trim()}` : line.trim());
    line = "";
  };
  for (const token of safe.matchAll(/<(\/?)([a-z0-9]+)[^>]*>|[^<]+/gi)) {
    const tag = token[2]?.toLowerCase();
    if (!tag) {
      line += decodeEntities(token[0]).replace(/\s+/g, " ");
      continue;
    }
    if (!BLOCKS.has(tag)) continue;
    if (line.trim() !== "" || tag === "br" || tag === "p") push();
    if (tag === "blockquote") quoted = Math.max(0, quoted + (token[1] === "/" ? -1 : 1));
  }
  if (line.trim() !== "") push();
  return lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function decodeEntities(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&nbsp;", " ")
    .replaceAll("\u00a0", " ")
    .replaceAll("&amp;", "&");
}
