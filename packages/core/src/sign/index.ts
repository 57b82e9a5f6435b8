export type { SignatureAlgorithm } from './algorithm.ts';
export type { Appearance, PenPoint } from './appearance.ts';
export {
  buildCertificate,
  type CertificateOrder,
  type CertificateUse,
  type Issuer,
  type SigningKey,
} from './certificate.ts';
export type { ChainProblem } from './chain.ts';
export { type CitizenAct, createCitizenCertificate } from './citizen.ts';
export type { DistinguishedName } from './name.ts';
export { fromPem, toPem } from './pem.ts';
export {
  type CertificationRequest,
  createCertificationRequest,
  readCertificationRequest,
} from './request.ts';
export { type Revocation, serialOf } from './revocation.ts';
export { type Signer, webCryptoKey } from './signer.ts';
export { type SigningAct, signPdf } from './signPdf.ts';
export type { FileProblem, PdfVerdict, SignatureProblem, SignatureVerdict } from './verdict.ts';
export { type ExpectedPaper, verifyPdf } from './verifyPdf.ts';
