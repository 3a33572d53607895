/** What a refusal says to a person, by its code. */
export const refusalsZh = {
  'registry.address_unknown': '没有这个地址，或不归本岗位管。',
  'registry.attachment_unknown': '有照片找不到了，请重新上传。',
  'registry.building_unknown': '没有这栋楼，或不归本岗位管。',
  'registry.correction_asked': '这一栏已经有人提出更正，等另一人核对。',
  'registry.correction_own': '自己提出的更正，要由另一人核对。',
  'registry.correction_settled': '这一条刚被别人核对过。',
  'registry.correction_unknown': '没有这一条待核对的信息。',
  'registry.data_invalid': '有的栏目填得不对。',
  'registry.dwelling_unknown': '没有这一户，或不归本岗位管。',
  'registry.field_owned': '这一栏以公安数据为准，不能在这里改。',
  'registry.person_changed': '这份档案刚被别人改过，已经取来新的，请看过再保存。',
  'registry.person_exists': '这个证件号码已经登记过：请先查找；查不到的在别的社区，请那边先办迁出，再连同住址在这里登记。',
  'registry.person_unknown': '没有这份居民档案，或不归本岗位管。',
  'registry.reveal_exhausted': '一小时内查看次数到了上限，请稍后再试。',
}
