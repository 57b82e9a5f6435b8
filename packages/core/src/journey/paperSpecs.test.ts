import { describe, expect, it } from 'vitest';
import type { PaperBlock, PaperSpec } from '../document/index.ts';
import { sampleApplication } from '../testing/sampleApplication.ts';
import { beginVisit } from './beginVisit.ts';
import type { Target } from './draft.ts';
import { paperSpecs } from './paperSpecs.ts';
import { identity, stage } from './testing/stage.ts';
import type { Visit } from './visit.ts';

async function specs(target: Target, prepare: (visit: Visit) => Promise<unknown>) {
  const { ports, clock } = await stage();
  const begun = await beginVisit(ports, target);
  if (!begun.ok) throw new Error(begun.error);
  await prepare(begun.value);
  const { draft, plan } = begun.value.snapshot();
  return paperSpecs(draft, plan, ports.catalogue(), clock.now());
}

const newborn = () =>
  specs({ kind: 'bundle', id: 'newborn' }, async (visit) => {
    await visit.identify(identity.mother);
    for (const [field, { value }] of Object.entries(sampleApplication.answers))
      await visit.answer(field, value);
    await visit.promise('father-id');
  });

const rows = (spec: PaperSpec | undefined) =>
  new Map(
    (spec?.blocks ?? []).flatMap((block) =>
      block.kind === 'table' ? block.rows.map(({ label, value }) => [label, value] as const) : [],
    ),
  );
const text = (spec: PaperSpec | undefined) => JSON.stringify(spec);
const lists = (blocks: readonly PaperBlock[] = []) =>
  blocks.flatMap((block) => (block.kind === 'list' ? block.items : []));

describe('the papers of a bundle', () => {
  it('are a form for each item, and a promise beside those it concerns', async () => {
    const papers = await newborn();
    expect(papers.map(({ item, spec }) => [item, spec.id])).toEqual([
      ['birth-certificate', 'application-form'],
      ['birth-certificate', 'gap-commitment'],
      ['vaccination-certificate', 'application-form'],
      ['household-registration', 'application-form'],
      ['household-registration', 'gap-commitment'],
      ['medical-insurance', 'application-form'],
      ['social-security-card', 'application-form'],
    ]);
    expect(new Set(papers.map(({ spec }) => spec.caseNumber)).size).toBe(5);
  });

  it('say no more than their desk may see', async () => {
    const papers = await newborn();
    const of = (item: string) => papers.find((paper) => paper.item === item)?.spec;
    expect(text(of('social-security-card'))).toContain('4539148803436467');
    for (const item of ['birth-certificate', 'household-registration', 'medical-insurance'])
      expect(text(of(item))).not.toContain('4539148803436467');
    expect(text(of('vaccination-certificate'))).not.toContain('320199199403120027');
    expect(rows(of('household-registration')).get('母亲手机号')).toBe('138****6620');
    expect(rows(of('birth-certificate')).get('母亲身份证号码')).toBe('320199199403120027');
  });

  it('say codes in words and dates in full', async () => {
    const [birth] = await newborn();
    const said = rows(birth?.spec);
    expect(said.get('性别')).toBe('女');
    expect(said.get('出生日期')).toBe('2026年11月9日');
    expect(said.get('是否登记父亲')).toBe('是');
  });

  it('say how each material is covered', async () => {
    const papers = await newborn();
    const household = papers.find(({ item }) => item === 'household-registration')?.spec;
    expect(lists(household?.blocks)).toEqual([
      { name: '出生医学证明', state: '免提交（卫生健康委共享）' },
      { name: '户口簿', state: '免提交（公安局共享）' },
      { name: '结婚证', state: '免提交（民政局共享）' },
      { name: '母亲身份证', state: '免提交（电子身份证件）' },
      { name: '父亲身份证', state: '容缺，受理后 10 个工作日内补交' },
    ]);
  });
});

describe('what else a paper says', () => {
  const trader = (prepare: (visit: Visit) => Promise<unknown>) =>
    specs({ kind: 'item', id: 'sole-trader' }, prepare);

  it('is a commitment in place of a proof', async () => {
    const papers = await trader(async (visit) => {
      await visit.identify(identity.mother);
      await visit.answer('business.premises', 'own');
    });
    expect(papers.map(({ spec }) => spec.title)).toEqual([
      '个体工商户设立登记申请书',
      '告知承诺书',
    ]);
    expect(lists(papers[0]?.spec.blocks)).toContainEqual({
      name: '经营场所使用证明',
      state: '免提交（书面承诺）',
    });
  });

  it('is who helped, and that the identity is still to be confirmed', async () => {
    const [helped] = await trader(async (visit) => {
      await visit.identify(identity.typed);
      await visit.setFiling({ mode: 'assisted', staff: '0317', staffName: '何敏' });
    });
    expect(text(helped?.spec)).toContain('何敏（0317）帮办');
    expect(text(helped?.spec)).toContain('须到窗口核对身份证件后受理');
    const [alone] = await trader((visit) => visit.identify(identity.mother));
    expect(text(alone?.spec)).not.toContain('帮办');
    expect(text(alone?.spec)).not.toContain('须到窗口核对');
  });

  it('is nothing that was not answered', async () => {
    const [form] = await trader((visit) => visit.identify(identity.mother));
    expect([...rows(form?.spec).keys()]).toEqual(['姓名', '身份证号码', '户籍地址']);
  });
});
