import forge from 'node-forge';

/**
 * The peer of one more signature: a detached PKCS #7 over the paper's bytes with RSA-2048, as the usual helpers for
 * signing PDFs make it with node-forge. Key and certificate exist already, nothing is written into the file, and no
 * attribute ties the certificate to the signature, so that it is no PAdES. Gives the DER bytes.
 */
export function forgeSigner(): (pdf: Uint8Array) => string {
  const keys = forge.pki.rsa.generateKeyPair(2048);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = keys.publicKey;
  certificate.serialNumber = '01';
  certificate.validity.notAfter.setFullYear(certificate.validity.notBefore.getFullYear() + 1);
  const name = [{ name: 'commonName', value: 'Made up' }];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.sign(keys.privateKey, forge.md.sha256.create());
  const { contentType, messageDigest, data, sha256 } = forge.pki.oids;
  if (!contentType || !messageDigest || !data || !sha256)
    throw new Error('node-forge lacks an OID.');
  return (pdf) => {
    const message = forge.pkcs7.createSignedData();
    message.content = forge.util.createBuffer(pdf as unknown as ArrayBuffer);
    message.addCertificate(certificate);
    message.addSigner({
      key: keys.privateKey,
      certificate,
      digestAlgorithm: sha256,
      authenticatedAttributes: [{ type: contentType, value: data }, { type: messageDigest }],
    });
    message.sign({ detached: true });
    return forge.asn1.toDer(message.toAsn1()).getBytes();
  };
}
