import { type Ctx, sql } from '@linli/base/server'
import { baseRoles, type RoleDefinition } from '../define/roles.ts'

/** Brings the roles of the kernel (and of scenes) into the database as they are defined now. As system; the same again changes nothing. */
export async function seedRoles(ctx: Ctx, roles: readonly RoleDefinition[] = baseRoles): Promise<void> {
  const rows = JSON.stringify(
    roles.map(({ key, name, nameEn, level, reach, separation, orgKinds }) => ({ key, name, nameEn, level, reach, separation, orgKinds })),
  )
  const rights = JSON.stringify(roles.flatMap(({ key, permissions }) => permissions.map((permission) => ({ key, permission }))))
  const changed = await ctx.rows(sql<{ role_key: string }>`
    INSERT INTO access.role AS r (role_key, name, name_en, level, reach, separation, org_kinds)
    SELECT key, name, "nameEn", level, reach, separation, ARRAY(SELECT jsonb_array_elements_text("orgKinds"))
    FROM jsonb_to_recordset(${rows}::jsonb) AS d(key text, name text, "nameEn" text, level text, reach text, separation text, "orgKinds" jsonb)
    ON CONFLICT (role_key) DO UPDATE SET name = excluded.name, name_en = excluded.name_en, level = excluded.level,
      reach = excluded.reach, separation = excluded.separation, org_kinds = excluded.org_kinds
    WHERE (r.name, r.name_en, r.level, r.reach, r.separation, r.org_kinds)
      IS DISTINCT FROM (excluded.name, excluded.name_en, excluded.level, excluded.reach, excluded.separation, excluded.org_kinds)
    RETURNING role_key`)
  const granted = await ctx.rows(sql<{ role_key: string }>`
    INSERT INTO access.role_permission (role_key, permission)
    SELECT key, permission FROM jsonb_to_recordset(${rights}::jsonb) AS d(key text, permission text)
    ON CONFLICT DO NOTHING RETURNING role_key`)
  const withdrawn = await ctx.rows(sql<{ role_key: string }>`
    DELETE FROM access.role_permission p
    WHERE p.role_key = ANY (${roles.map(({ key }) => key)}::text[])
      AND NOT EXISTS (SELECT FROM jsonb_to_recordset(${rights}::jsonb) AS d(key text, permission text)
        WHERE d.key = p.role_key AND d.permission = p.permission)
    RETURNING role_key`)
  const touched = new Set([...changed, ...granted, ...withdrawn].map(({ role_key }) => role_key))
  for (const role of touched) ctx.audit({ action: 'access.role_defined', subjectKind: 'role', subjectId: role })
}
