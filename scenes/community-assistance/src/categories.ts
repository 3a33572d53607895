import type { SceneCategory } from '@linli/scene/define'

const category = (key: string, name: string, nameEn: string, examples: string): SceneCategory => ({
  key: `as-${key}`,
  name,
  nameEn,
  examples: examples.split('、'),
})

/** What communities are asked for; which of it may be asked stands in the duty lists of a county, not here. */
export const categories: readonly SceneCategory[] = [
  category('verify', '信息核实', 'Checking facts on the spot', '人户核实、住址核对'),
  category('publicity', '宣传发动', 'Making things known', '政策宣讲、张贴通知、动员参加'),
  category('visit', '走访探访', 'Visits', '老人探访、儿童探访'),
  category('safety', '隐患排查配合', 'Help in looking for hazards', '楼道排查、入户带路、消防演练'),
  category('mediate', '矛盾调解配合', 'Help in settling disputes', '邻里调解、欠薪调解'),
  category('venue', '场地协助', 'A place for an activity', '场地借用、摊位安排'),
  category('emergency', '应急协助', 'Help in an emergency', '转移安置、物资发放'),
  category('data', '填表报数', 'Filling in tables', '重复报表、台账报送'),
  category('certificate', '出具证明', 'Certificates', '居住证明、收入证明'),
  category('enforcement', '执法检查', 'Inspection and enforcement', '执法检查、罚款收缴'),
  category('contest', '创建迎检', 'Preparing for contests and inspections', '迎检布置、创建打分'),
  category('fees', '代收代缴', 'Collecting payments', '保费代收、水费代收'),
  category('task', '其他协助', 'Other assistance', '临时协助'),
]
