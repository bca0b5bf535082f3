import { createTransport } from "nodemailer";

/** The yardstick: nodemailer's own pool, as many connections, the same mails, no ledger. */
const [, , port = "0", rows = "0", text = "", connections = "0"] = process.argv;
const transport = createTransport({
  pool: true,
  maxConnections: Number(connections),
  maxMessages: Number.POSITIVE_INFINITY,
  host: "127.0.0.1",
  port: Number(port),
  ignoreTLS: true,
  auth: { user: "ana", pass: "right" },
});
let next = 0;
const lane = async (): Promise<void> => {
  while (next < Number(rows)) {
    const n = next++;
    await transport.sendMail({
      from: { name: "Ana Müller", address: "ana@acme.example" },
      to: `p${n}@norvale.example`,
      subject: "closing books across four entities",
      text,
      headers: { "List-Unsubscribe": `<mailto:ana@acme.example?subject=unsubscribe%20${n}>` },
    });
  }
};
await Promise.all(Array.from({ length: 2 * Number(connections) }, lane));
process.send?.({ kind: "done", rssMb: Math.round(process.resourceUsage().maxRSS / 1024) });
transport.close();
process.disconnect?.();
