import type { CredentialIssuer, TrustList } from '@tongban/core';
import issuer from './issuer.json' with { type: 'json' };
import trust from './trust.json' with { type: 'json' };

/** Whom a demonstration trusts. Its private half lies beside it in the open, so production refuses it. */
export const demonstrationTrust: TrustList = trust;

/** Signs credentials of made-up people for demonstrations and tests. */
export const demonstrationIssuer: CredentialIssuer = issuer;
