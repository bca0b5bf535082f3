import type { OpenApiCall, OpenApiDocument } from "./openapi.ts";

const STYLE = `:root{color-scheme:light dark;--line:#8884}body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2.5rem;text-transform:capitalize}code,pre{font:13px/1.45 ui-monospace,monospace}
details{border-top:1px solid var(--line);padding:.5rem 0}summary{cursor:pointer}summary code{font-weight:600}summary span{margin-left:.75rem;opacity:.8}
pre{overflow:auto;max-height:24rem;border:1px solid var(--line);border-radius:6px;padding:.75rem}table{border-collapse:collapse;width:100%}
td,th{text-align:left;vertical-align:top;border-top:1px solid var(--line);padding:.3rem .75rem .3rem 0;overflow-wrap:anywhere}nav a{margin-right:1rem}`;

/** The document to be read by people: plain HTML, no script. */
export function openApiPage(document: OpenApiDocument): string {
  const rooms = new Map<string, string[]>();
  for (const [path, calls] of Object.entries(document.paths))
    for (const [method, call] of Object.entries(calls)) {
      const room = call.tags?.[0] ?? "other";
      rooms.set(room, [...(rooms.get(room) ?? []), callOf(method, path, call)]);
    }
  const nav = [...rooms.keys()].map((room) => `<a href="#${asText(room)}">${asText(room)}</a>`).join("");
  const body = [...rooms]
    .map(([room, calls]) => `<section id="${asText(room)}"><h2>${asText(room)}</h2>${calls.join("")}</section>`)
    .join("");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>API · Leadwright</title><style>${STYLE}</style></head>
<body><main><h1>Leadwright API</h1><p>${asText(document.info.description ?? "")}</p>
<p>All calls are under <code>/api/v1</code> with <code>Authorization: Bearer &lt;key&gt;</code>. Lists take <code>limit</code> and <code>cursor</code> and answer <code>items</code> and <code>nextCursor</code>.
Problems are <code>application/problem+json</code> with a stable <code>code</code>. The same as a document: <a href="/api/v1/openapi.json">openapi.json</a>.</p>
<nav aria-label="Rooms">${nav}</nav>${body}<h2>Problem</h2>${schema(document.components.schemas.Problem)}</main></body></html>`;
}

function callOf(method: string, path: string, call: OpenApiCall): string {
  const parameters = (call.parameters ?? []).map(
    (each) =>
      `<tr><td><code>${asText(each.name)}</code></td><td>${asText(each.in)}${each.required ? ", required" : ""}</td><td><code>${asText(JSON.stringify(each.schema))}</code>${each.description ? `<br>${asText(each.description)}` : ""}</td></tr>`,
  );
  const [bodyType, content] = Object.entries(call.requestBody?.content ?? {})[0] ?? [];
  const answers = Object.entries(call.responses).map(([status, { description, content: of }]) => {
    const [type, shape] = Object.entries(of ?? {})[0] ?? [];
    return `<tr><td><code>${asText(status)}</code></td><td>${asText(description)}${type && status < "300" ? `<br>${asText(type)}${schema(shape?.schema)}` : ""}</td></tr>`;
  });
  return `<details><summary><code>${asText(method.toUpperCase())} ${asText(path)}</code><span>${asText(call.summary ?? "")}</span></summary>
${parameters.length > 0 ? `<h3>Asked with</h3><table>${parameters.join("")}</table>` : ""}${bodyType ? `<h3>Body, ${asText(bodyType)}</h3>${schema(content?.schema)}` : ""}
<h3>Answers</h3><table>${answers.join("")}</table></details>`;
}

function schema(value: unknown): string {
  return value === undefined ? "" : `<pre tabindex="0">${asText(JSON.stringify(value, null, 2))}</pre>`;
}

function asText(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
