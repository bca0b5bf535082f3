export type UnsubscribePage = { workspaceName: string; address: string; companyDomain: string | null; isDone: boolean };

/** A whole page without script: it must work in any mail program's browser, today and in five years. Null: the link is none of ours. */
export function unsubscribePage(view: UnsubscribePage | null | "unavailable"): string {
  if (view === null)
    return frame(
      "This link does not work",
      `<h1>This link does not work</h1><p>It may have been cut off. Answer the mail with “stop” instead, and you will not hear from us.</p>`,
    );
  if (view === "unavailable")
    return frame(
      "Try again in a moment",
      `<h1>Try again in a moment</h1><p>Your wish could not be stored just now. Nothing was changed.</p>`,
    );
  const [name, address] = [asText(view.workspaceName), asText(view.address)];
  if (!view.isDone)
    return frame(
      `Stop mails from ${name}`,
      `<h1>Stop mails from ${name} to <bdi>${address}</bdi>?</h1><form method="post"><button>Stop the mails</button></form>`,
    );
  const company = view.companyDomain
    ? `<form method="post"><input type="hidden" name="scope" value="company"><p>Should nobody at <bdi>${asText(view.companyDomain)}</bdi> be written to?</p><button class="quiet">Stop mails to everybody at ${asText(view.companyDomain)}</button></form>`
    : "";
  return frame(
    `No more mails from ${name}`,
    `<h1>Done. You will not hear from us.</h1><p><bdi>${address}</bdi> is on ${name}’s list of people who are not written to.</p>${company}`,
  );
}

const STYLE = `:root{color-scheme:light dark}*{box-sizing:border-box}body{margin:0;min-height:100dvh;display:grid;place-items:center;padding:24px 16px;background:#f7f6f5;color:#1c1917;font:16px/1.5 ui-sans-serif,system-ui,sans-serif}
main{width:100%;max-width:480px;background:#fff;border:1px solid #e7e5e4;border-radius:8px;padding:32px}h1{margin:0 0 16px;font-size:20px;line-height:1.35;font-weight:600;overflow-wrap:anywhere}p{margin:0 0 16px;color:#57534e;overflow-wrap:anywhere}
form+form,p+form{margin-top:24px;padding-top:24px;border-top:1px solid #e7e5e4}button{width:100%;min-height:44px;padding:8px 16px;border:1px solid #2b59c3;border-radius:6px;background:#2b59c3;color:#fff;font:inherit;font-weight:600;cursor:pointer;overflow-wrap:anywhere}
button.quiet{background:transparent;color:inherit;border-color:#8c8681;font-weight:400}button:focus-visible{outline:2px solid #2b59c3;outline-offset:2px}
@media (prefers-color-scheme:dark){body{background:#161514;color:#efedea}main{background:#1e1d1b;border-color:#2e2c2a}p{color:#aba59f}form+form,p+form{border-color:#2e2c2a}button{background:#8fb0ff;border-color:#8fb0ff;color:#161514}button.quiet{background:transparent;color:inherit;border-color:#7a746e}button:focus-visible{outline-color:#8fb0ff}}`;

function frame(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`;
}

const SIGNS: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
function asText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);
}
