/** The part of node-forge that signing uses, imported by its file: 12 KB instead of 76 KB, compressed. */
declare module 'node-forge/lib/asn1.js' {
  export interface Asn1 {
    readonly tagClass: number;
    readonly type: number;
    readonly constructed: boolean;
    readonly value: string | Asn1[];
    /** Of a BIT STRING: the count of unused bits, then the bits. */
    readonly bitStringContents?: string;
  }
  interface Buffer {
    getBytes(): string;
  }
  const asn1: {
    readonly Class: { readonly UNIVERSAL: number; readonly CONTEXT_SPECIFIC: number };
    readonly Type: Readonly<
      Record<
        | 'BOOLEAN'
        | 'INTEGER'
        | 'BITSTRING'
        | 'OCTETSTRING'
        | 'NULL'
        | 'OID'
        | 'UTF8'
        | 'SEQUENCE'
        | 'SET'
        | 'PRINTABLESTRING'
        | 'UTCTIME'
        | 'GENERALIZEDTIME'
        | 'BMPSTRING',
        number
      >
    >;
    create(tagClass: number, type: number, constructed: boolean, value: string | Asn1[]): Asn1;
    toDer(node: Asn1): Buffer;
    fromDer(
      bytes: string,
      options: {
        strict: boolean;
        parseAllBytes: boolean;
        decodeBitStrings: boolean;
        maxDepth: number;
      },
    ): Asn1;
    oidToDer(oid: string): Buffer;
    derToOid(bytes: string): string;
  };
  export default asn1;
}
