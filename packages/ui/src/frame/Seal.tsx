/** The mark of the house, cut like a seal: two characters, one above the other. */
export function Seal() {
  return (
    <span className="seal-mark" role="img" aria-label="通办" lang="zh-CN">
      <i>通</i>
      <i>办</i>
    </span>
  );
}
