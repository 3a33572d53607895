import { call } from '@linli/ui/client'
import { type Picked, PickList, type PickSource } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useQuery } from '@tanstack/react-query'
import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { rolesQuery } from '../api/queries.ts'
import { useRoleName } from '../session/role-name.ts'

export interface PostForm {
  role: string
  organization: Picked
  area: Picked
  until?: string
}

const findOrganizations: PickSource = async (words, signal) => {
  const { items } = await call('GET /organizations', { query: words.trim() ? { q: words.trim() } : {} }, signal)
  return items.map((org) => ({ id: org.orgId, label: org.name, note: org.areaName }))
}

/** Areas of the role's level in the organization's place, or that place itself: a post is never given outside it. */
const areasOf =
  (orgId: string | undefined, level: string | undefined): PickSource =>
  async (words, signal) => {
    if (!orgId) return []
    const organizations = await call('GET /organizations', { query: {} }, signal)
    const organization = organizations.items.find((org) => org.orgId === orgId)
    if (!organization) return []
    const below =
      level && isLevel(level) ? (await call('GET /public/areas', { query: { parent: organization.areaId, level } }, signal)).items : []
    const options = [
      { id: organization.areaId, label: organization.areaName },
      ...below.map((area) => ({ id: area.areaId, label: area.name })),
    ]
    return options.filter((option) => option.label.includes(words.trim()))
  }

/** Levels that lie below an organization's own; a line post takes that one as it is. */
const isLevel = (level: string): level is 'township' | 'community' | 'cell' => ['township', 'community', 'cell'].includes(level)

/** antd hands `id`, `value` and `onChange` to its field's child. */
function PickField({
  id = '',
  value,
  onChange,
  source,
}: {
  id?: string
  value?: Picked
  onChange?: (value: Picked | undefined) => void
  source: PickSource
}) {
  return <PickList id={id} value={value} onChange={(picked) => onChange?.(picked)} source={source} />
}

/** What a post is: role, organization, area, and until when. */
export function PostFields({ errors }: { errors: Record<string, string> }) {
  const { t } = useTranslation()
  const { data: roles } = useQuery(rolesQuery)
  const roleName = useRoleName()
  const role = Form.useWatch<string | undefined>('role')
  const organization = Form.useWatch<Picked | undefined>('organization')
  // The control speaks the browser's language; beside it the page says which day it understood.
  const until = Form.useWatch<string | undefined>('until')
  const time = useTimeWords()
  const level = roles?.items.find((one) => one.role === role)?.level
  const wrong = (key: string) => (errors[key] ? { validateStatus: 'error' as const, help: errors[key] } : {})
  return (
    <>
      <Form.Item name="role" label={t('post.role')} rules={[{ required: true, message: t('post.needRole') }]} {...wrong('role')}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={(roles?.items ?? []).map((one) => ({ value: one.role, label: roleName({ role: one.role, roleName: one.name }) }))}
          getPopupContainer={(trigger) => trigger.parentElement ?? document.body}
        />
      </Form.Item>
      <Form.Item
        name="organization"
        label={t('post.organization')}
        rules={[{ required: true, message: t('post.needOrganization') }]}
        {...wrong('orgId')}
      >
        <PickField source={findOrganizations} />
      </Form.Item>
      <Form.Item
        name="area"
        label={t('post.area')}
        extra={t('post.areaNote')}
        rules={[{ required: true, message: t('post.needArea') }]}
        {...wrong('areaId')}
      >
        <PickField source={areasOf(organization?.id, level)} />
      </Form.Item>
      <Form.Item
        name="until"
        label={t('post.until')}
        extra={until ? time.date(`${until}T12:00:00+08:00`) : t('post.untilNote')}
        {...wrong('until')}
      >
        <Input type="date" />
      </Form.Item>
    </>
  )
}

export const postBody = ({ role, organization, area, until }: PostForm) => ({
  role,
  orgId: organization.id,
  areaId: area.id,
  ...(until ? { until } : {}),
})
