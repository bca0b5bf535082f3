import type { Tx } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { customFieldKey, typeOfValues } from "../domain/custom-field.ts";

/** Sets custom fields of one person by their labels; null takes a value away. A new label becomes a field of the workspace. */
export async function writeCustomValues(tx: Tx, leadId: string, values: Record<string, string | number | null>): Promise<void> {
  const entries = Object.entries(values).map(([label, value]) => ({ key: customFieldKey(label), label: label.trim(), value }));
  if (entries.length === 0) return;
  const fields = new Map(
    (await tx.customField.findMany({ where: { key: { in: entries.map((entry) => entry.key) } } })).map((field) => [field.key, field.type]),
  );
  for (const { key, label, value } of entries) {
    if (fields.has(key) || value === null || key === "") continue;
    const type = typeOfValues([String(value)]);
    await tx.$executeRaw`
      insert into custom_fields (id, workspace_id, key, label, type, created_at)
      values (${newId()}::uuid, ${tx.workspaceId}::uuid, ${key}, ${label}, ${type}, ${tx.now}) on conflict (workspace_id, key) do nothing`;
    fields.set(key, type);
  }
  const gone = entries.filter((entry) => entry.value === null || entry.value === "").map((entry) => entry.key);
  if (gone.length > 0) await tx.leadCustomValue.deleteMany({ where: { leadId, key: { in: gone } } });
  const rows = entries.flatMap(({ key, value }) => {
    if (value === null || value === "" || key === "") return [];
    const number = fields.get(key) === "number" && Number.isFinite(Number(value)) ? Number(value) : null;
    const date = fields.get(key) === "date" && /^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? String(value) : null;
    const text = number === null && date === null ? String(value) : null;
    return [Prisma.sql`(${tx.workspaceId}::uuid, ${leadId}::uuid, ${key}, ${text}, ${number}::double precision, ${date}::date)`];
  });
  if (rows.length === 0) return;
  await tx.$executeRaw`
    insert into lead_custom_values (workspace_id, lead_id, key, text_value, number_value, date_value) values ${Prisma.join(rows)}
    on conflict (workspace_id, lead_id, key) do update
      set text_value = excluded.text_value, number_value = excluded.number_value, date_value = excluded.date_value`;
}
