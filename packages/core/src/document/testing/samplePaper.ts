import type { PaperSpec } from '../paper.ts';

/** The application form of the reference screens; every person in it is made up. */
export const samplePaper: PaperSpec = {
  id: 'application-form',
  title: '新生儿出生「一件事」申请表',
  language: 'zh-CN',
  caseNumber: '320199920261123K7Q2M8XW4RZ0T',
  date: '2026-11-23',
  qr: '320199920261123K7Q2M8XW4RZ0T',
  blocks: [
    {
      kind: 'table',
      columns: 2,
      rows: [
        { label: '孩子姓名', value: '林知夏' },
        { label: '性别', value: '女' },
        { label: '出生时间', value: '2026年11月9日 6:42' },
        { label: '民族', value: '汉族' },
        { label: '母亲', value: '丁小禾' },
        { label: '证件号码', value: '32**************47' },
        { label: '父亲', value: '林远舟' },
        { label: '证件号码', value: '32**************15' },
        { label: '户口随', value: '母亲　户主：丁国安（外祖父）', wide: true },
        { label: '户口地址', value: '澜州市南湖区桂子路 18 号 2 栋 601 室', wide: true },
        { label: '医保参保地', value: '南湖区桂子社区' },
        { label: '联系电话', value: '138****6620' },
      ],
    },
    {
      kind: 'list',
      heading: '申请材料',
      items: [
        { name: '出生医学证明', state: '电子证照，卫健签发' },
        { name: '母亲居民身份证', state: '读卡' },
        { name: '父亲居民身份证', state: '容缺，12月7日前补' },
      ],
    },
    { kind: 'text', text: '以上内容属实。同意四个部门为办理这五项使用这些内容。' },
  ],
  signatures: [{ name: 'applicant', label: '申请人签名' }],
};
