import type { PaperBlock, PaperSpec } from '@tongban/core/document';

/** Pages that {@link applicationForm} must come out with. */
export const pagesOfForm = 5;

const person = (who: string, name: string, id: string, sex: string, born: string) => [
  { label: `${who}姓名`, value: name },
  { label: '性别', value: sex },
  { label: '出生日期', value: born },
  { label: '民族', value: '汉族' },
  { label: '公民身份号码', value: id },
  { label: '文化程度', value: '大学本科' },
  { label: '职业', value: '专业技术人员' },
  { label: '婚姻状况', value: '初婚' },
  { label: '户籍地址', value: '澜州市北塔区书院街 7 号 402 室', wide: true },
  { label: '现居住地址', value: '澜州市南湖区桂子路 18 号 2 栋 601 室', wide: true },
];

const notice = `为办理出生医学证明、预防接种证、户口登记、社会保障卡与居民医疗保险参保，澜州市政务服务中心将把本表所列内容分送卫生健康、公安、人力资源社会保障、医疗保障四个部门。每个部门只收到办理其事项所必需的内容，其他部门的材料与意见对其不可见。
您有权查询、更正您提交的内容，也可以在受理之前撤回申请。撤回以后，已经上传的照片与扫描件随即删除，仅保留撤回的时间与受理编号，以备您日后核对。
材料不齐但不影响审查的，可以先行受理，由您在约定的期限内补交；逾期没有补交的，承办部门会再次提醒，并说明可能产生的后果。
承办部门应当在承诺的工作日内作出决定。需要听证、检验、检测、鉴定或者专家评审的，所需时间另行计算，并书面告知您。对决定不服的，可以依法申请行政复议或者提起行政诉讼。`;

const undertaking = `本人已经阅读并理解上述告知内容，所填写的内容真实、准确、完整，所提交的照片与原件一致。如有隐瞒、虚构、伪造，愿意承担相应的法律责任。
本人同意上述四个部门为办理本次申请使用这些内容；联系电话只用于通知办理进度，不用于其他用途。`;

/**
 * An application form of five pages with three photographs of materials, as large as a bundle's papers get.
 * Everybody in it is made up.
 */
export function applicationForm(photographs: readonly Uint8Array[]): PaperSpec {
  const pictures = ['出生医学记录首页', '母亲居民身份证', '户口簿户主页'].map(
    (heading, index): PaperBlock => ({
      kind: 'image',
      heading,
      jpeg: photographs[index] ?? new Uint8Array(),
    }),
  );
  return {
    id: 'application-form',
    title: '新生儿出生「一件事」申请表',
    language: 'zh-CN',
    caseNumber: '320199920261123K7Q2M8XW4RZ0T',
    date: '2026-11-23',
    qr: '320199920261123K7Q2M8XW4RZ0T',
    blocks: [
      {
        kind: 'table',
        heading: '新生儿',
        columns: 2,
        rows: [
          { label: '姓名', value: '林知夏' },
          { label: '性别', value: '女' },
          { label: '出生时间', value: '2026年11月9日 6时42分' },
          { label: '出生孕周', value: '39周' },
          { label: '出生体重', value: '3250克' },
          { label: '出生身长', value: '50厘米' },
          { label: '出生地点', value: '澜州市妇幼保健院（南湖区健康路 66 号）', wide: true },
          { label: '户口随', value: '母亲　户主：丁国安（外祖父）', wide: true },
          { label: '入户地址', value: '澜州市南湖区桂子路 18 号 2 栋 601 室', wide: true },
        ],
      },
      {
        kind: 'table',
        heading: '母亲',
        columns: 2,
        rows: person('母亲', '丁小禾', '320199199403120027', '女', '1994年3月12日'),
      },
      {
        kind: 'table',
        heading: '父亲',
        columns: 2,
        rows: person('父亲', '林远舟', '320199199205180010', '男', '1992年5月18日'),
      },
      {
        kind: 'table',
        heading: '办理方式',
        columns: 1,
        rows: [
          {
            label: '社会保障卡',
            value: '同步申领，银行选择：澜州农村商业银行；领取方式：邮政寄送',
          },
          { label: '居民医疗保险', value: '参保地：南湖区桂子社区；参保年度：2026年、2027年' },
          { label: '预防接种单位', value: '南湖区桂子社区卫生服务中心预防接种门诊' },
          { label: '证件寄送', value: '澜州市南湖区桂子路 18 号 2 栋 601 室，丁小禾收' },
          { label: '联系电话', value: '13800136620；备用：13900136621' },
        ],
      },
      {
        kind: 'table',
        heading: '办理事项',
        columns: 1,
        rows: [
          { label: '出生医学证明', value: '卫生健康部门　承诺 1 个工作日　签发后其余事项随即开始' },
          { label: '预防接种证', value: '卫生健康部门　承诺 1 个工作日　与出生医学证明同时办理' },
          { label: '出生登记', value: '公安机关　承诺 3 个工作日　收到出生医学证明之后办理' },
          { label: '社会保障卡', value: '人力资源社会保障部门　承诺 5 个工作日　户口登记之后制卡' },
          { label: '居民医保参保', value: '医疗保障部门　承诺 1 个工作日　出生当月起享受待遇' },
        ],
      },
      {
        kind: 'list',
        heading: '申请材料',
        items: [
          { name: '出生医学记录', state: '照片，已与表单核对一致' },
          { name: '母亲居民身份证', state: '照片，读卡核验' },
          { name: '父亲居民身份证', state: '容缺受理，12月7日前补交' },
          { name: '居民户口簿', state: '照片，已与表单核对一致' },
          { name: '结婚证', state: '电子证照，免予提交' },
          { name: '首次签发委托书', state: '不适用' },
        ],
      },
      { kind: 'text', heading: '个人信息使用告知', text: notice },
      ...pictures,
      { kind: 'text', heading: '声明与同意', text: undertaking },
    ],
    signatures: [
      { name: 'applicant', label: '申请人签名' },
      { name: 'witness', label: '监护人签名' },
    ],
  };
}
