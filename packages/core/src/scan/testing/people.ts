import { generator } from './random.ts';

/** What a made-up card says, as it is printed. */
export interface PrintedCard {
  readonly name: string;
  readonly sex: '男' | '女';
  readonly ethnicity: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string;
  readonly address: readonly string[];
  readonly number: string;
  readonly issuedBy: string;
  /** `YYYY.MM.DD`. */
  readonly validFrom: string;
  /** `YYYY.MM.DD` or 长期. */
  readonly validUntil: string;
}

const surnames = [
  ...'丁林王李张刘陈杨赵黄周吴徐孙马朱胡郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万覃钱严武孔',
  '欧阳',
  '司马',
  '诸葛',
];
const given = [
  ...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建文辉梅鑫宇浩然欣怡子涵梓萱雨泽博语晨曦瑶琪琳颖婷雪慧珊莹睿轩昊瀚煜炜烨晟旻珂珺玥翊懿霖瑾璇璐',
];
const foreign = ['阿依古丽·买买提', '古丽娜尔·艾合买提', '巴特尔·那木吉'];
const places = [
  '云陵县青石镇望江路',
  '北塔区书院街',
  '南湖区桂子路',
  '澜州市河西区解放大道',
  '云陵县白沙乡柳树村',
  '澜州市高新区科技三路',
];
const ends = [
  '3号',
  '7号402室',
  '18号2栋601室',
  '1265号阳光花园11栋2单元1803室',
  '28弄5号',
  '六组17号',
];
const offices = ['云陵县公安局', '澜州市公安局北塔分局', '澜州市公安局南湖分局'];
const ethnicities = ['汉', '汉', '汉', '汉', '回', '满', '壮', '土家', '蒙古', '维吾尔', '苗'];

/** A person whom nobody is, always the same for the same `seed`. Numbers are of region 320199, which does not exist. */
export function printedCard(seed: number): PrintedCard {
  const random = generator(seed * 7919 + 13);
  const upTo = (n: number) => Math.floor(random() * n);
  const one = <T>(list: readonly T[]): T => list[upTo(list.length)] as T;
  const two = (n: number) => String(n).padStart(2, '0');
  const birth = [1945 + upTo(70), two(1 + upTo(12)), two(1 + upTo(28))];
  const order = upTo(1000);
  const first17 = `320199${birth.join('')}${String(order).padStart(3, '0')}`;
  const from = [2008 + upTo(17), two(1 + upTo(12)), two(1 + upTo(28))];
  const years = one([10, 20, 0]);
  const place = `${one(places)}${one(ends)}`;
  const perLine = 11;
  return {
    name:
      seed % 10 === 9
        ? one(foreign)
        : `${one(surnames)}${Array.from({ length: 1 + upTo(2) }, () => one(given)).join('')}`,
    sex: order % 2 === 1 ? '男' : '女',
    ethnicity: one(ethnicities),
    birthDate: birth.join('-'),
    address: Array.from({ length: Math.ceil(place.length / perLine) }, (_, i) =>
      place.slice(i * perLine, (i + 1) * perLine),
    ),
    number: `${first17}${checkCharacter(first17)}`,
    issuedBy: one(offices),
    validFrom: from.join('.'),
    validUntil: years === 0 ? '长期' : [Number(from[0]) + years, from[1], from[2]].join('.'),
  };
}

/** ISO 7064 MOD 11-2, by its recursive form, so that it does not share an error with what it tests. */
function checkCharacter(digits: string): string {
  let product = 0;
  for (const digit of digits) product = ((product + Number(digit)) * 2) % 11;
  const rest = (12 - product) % 11;
  return rest === 10 ? 'X' : String(rest);
}
