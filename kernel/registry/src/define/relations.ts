/** Relations as they are commonly written; any other is shown as somebody wrote it. */
const relationsEn: Readonly<Record<string, string>> = {
  儿子: 'Son',
  女儿: 'Daughter',
  儿媳: 'Daughter-in-law',
  女婿: 'Son-in-law',
  侄子: 'Nephew',
  侄女: 'Niece',
  外甥: 'Nephew',
  外甥女: 'Niece',
  配偶: 'Spouse',
  丈夫: 'Husband',
  妻子: 'Wife',
  父亲: 'Father',
  母亲: 'Mother',
  孙子: 'Grandson',
  孙女: 'Granddaughter',
  外孙: 'Grandson',
  外孙女: 'Granddaughter',
  兄弟: 'Brother',
  姐妹: 'Sister',
  亲戚: 'Relative',
  邻居: 'Neighbor',
  朋友: 'Friend',
}

export const relationName = (relation: string, language: 'zh' | 'en'): string =>
  language === 'en' ? (relationsEn[relation] ?? relation) : relation
