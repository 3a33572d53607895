export const en = {
  'rule.public-safety.smoke': 'Smoke in a corridor',
  'note.汇编 3 §二(二)：发展实时监测、智能预警、应急管理智能应用；烟感报警 standards 9 SMOKE':
    'Collection 3 §2(2): real-time monitoring, early warning and emergency management; smoke alarms as in standards 9 SMOKE',
  'note.同一栋楼第二个探测器也报警，按火情处置（standards 9 SMOKE）':
    'A second detector of the same building: handled as a fire (standards 9 SMOKE)',
  'ladder.public-safety.fire-contacts': 'Contacts of a fire',
  'note.汇编 3 §二(二)：发展实时监测、智能预警、应急管理智能应用；一分钟内接警、三分钟内到场为服务目标（standards 9 [D]）':
    'Collection 3 §2(2): real-time monitoring, early warning and emergency management; answered within one minute and reached within three are targets of the service (standards 9 [D])',
  'rung.网格员、物业、社区和微型消防站': 'Grid worker, property company, community and micro fire station',
  'rung.街道（乡镇）': 'Township',
  'rung.县（区）值班': 'County duty room',
}
