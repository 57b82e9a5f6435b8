/** Names of GB/T 3304-1991 as cards print them, without 族; the code is the place in the list, from 01. */
const names =
  '汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺'.split(
    ' ',
  );

/** GB/T 3304 code of an ethnicity as a card prints it; `undefined` for what is none. */
export function ethnicityCode(printed: string): string | undefined {
  const at = names.indexOf(printed.replace(/族$/, ''));
  return at === -1 ? undefined : String(at + 1).padStart(2, '0');
}

/**
 * Whether a chip can say `code`: one of GB/T 3304, 97 for a people that is not recognised, or 98 for a citizen of foreign
 * descent, both of which GA 450 adds.
 */
export function isEthnicityCode(code: string): boolean {
  const number = Number(code);
  return (
    /^\d\d$/.test(code) && ((number >= 1 && number <= names.length) || [97, 98].includes(number))
  );
}
