export { notoSans, type Raster, rasterPage } from '../document/testing/pdfTools.ts';
export { pageContentAt, pageContentHead } from '../sign/testing/forge.ts';
export { coveredRanges, openValidators, type Validators } from '../sign/testing/validators.ts';
