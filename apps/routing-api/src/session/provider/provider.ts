import { err, ok, type Result } from '@tongban/core';
import * as oidc from 'openid-client';
import type { ProviderSettings } from './settings.ts';

/** Kept here while somebody is at the provider. */
export interface Errand {
  readonly state: string;
  readonly nonce: string;
  /** PKCE code verifier (RFC 7636). */
  readonly verifier: string;
}

/** `provider-refused`: it, or the person there, said no, or its answer does not hold. */
export type ProviderFailure = 'provider-refused' | 'provider-unreachable';

/** An OpenID provider: authorization code flow with PKCE, state and nonce (OpenID Connect Core 1.0, RFC 9700). */
export interface Provider {
  readonly settings: ProviderSettings;
  /** Where to send the browser. `anew`: the provider asks who it is even when somebody is signed in there. */
  send(
    redirectUri: string,
    anew: boolean,
  ): Promise<Result<{ url: URL; errand: Errand }, ProviderFailure>>;
  /** What the provider says of whom it sent back to `url`. */
  receive(
    url: URL,
    errand: Errand,
    anew: boolean,
  ): Promise<Result<Readonly<Record<string, unknown>>, ProviderFailure>>;
  /** Begins a sign-in that is confirmed on another device (RFC 8628). */
  beginByCode(): Promise<Result<ByCode, ProviderFailure>>;
  /** What became of it. `slower`: it was asked too often. */
  askByCode(
    deviceCode: string,
  ): Promise<Result<Readonly<Record<string, unknown>>, ProviderFailure | 'waiting' | 'slower'>>;
}

/** A sign-in by code, as the provider began it; times in seconds. */
export interface ByCode {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly address: string;
  readonly addressWithCode?: string;
  readonly expiresInSeconds: number;
  readonly intervalSeconds: number;
}

const timeoutSeconds = 5;

export function openProvider(settings: ProviderSettings): Provider {
  const scope = settings.scope ?? 'openid profile';
  let asked: Promise<oidc.Configuration> | undefined;

  /** Asked for on first use, so that a provider that is away keeps nobody from starting; again after a failure. */
  function configuration(): Promise<oidc.Configuration> {
    asked ??= oidc
      .discovery(
        new URL(settings.issuer),
        settings.clientId,
        { client_secret: settings.clientSecret },
        undefined,
        {
          timeout: timeoutSeconds,
          // The settings were checked: in clear only to this machine.
          ...(settings.issuer.startsWith('http:') ? { execute: [oidc.allowInsecureRequests] } : {}),
        },
      )
      .catch((error: unknown) => {
        asked = undefined;
        throw error;
      });
    return asked;
  }

  return {
    settings,
    async send(redirectUri, anew) {
      const verifier = oidc.randomPKCECodeVerifier();
      const errand = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier };
      try {
        const url = oidc.buildAuthorizationUrl(await configuration(), {
          redirect_uri: redirectUri,
          scope,
          state: errand.state,
          nonce: errand.nonce,
          code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
          ...(anew ? { prompt: 'login', max_age: '0' } : {}),
        });
        return ok({ url, errand });
      } catch (error) {
        return err(failureOf(error));
      }
    },
    async receive(url, errand, anew) {
      try {
        const tokens = await oidc.authorizationCodeGrant(await configuration(), url, {
          pkceCodeVerifier: errand.verifier,
          expectedState: errand.state,
          expectedNonce: errand.nonce,
          idTokenExpected: true,
          // Seconds since the provider saw the person: a password and a second factor take their time.
          ...(anew ? { maxAge: 300 } : {}),
        });
        return ok({ ...tokens.claims() });
      } catch (error) {
        return err(failureOf(error));
      }
    },
    async beginByCode() {
      try {
        const began = await oidc.initiateDeviceAuthorization(await configuration(), { scope });
        const { verification_uri_complete: addressWithCode } = began;
        return ok({
          deviceCode: began.device_code,
          userCode: began.user_code,
          address: began.verification_uri,
          ...(addressWithCode === undefined ? {} : { addressWithCode }),
          expiresInSeconds: began.expires_in,
          // Five where the provider names none (RFC 8628, 3.2).
          intervalSeconds: began.interval ?? 5,
        });
      } catch (error) {
        return err(failureOf(error));
      }
    },
    async askByCode(deviceCode) {
      try {
        const tokens = await oidc.genericGrantRequest(
          await configuration(),
          'urn:ietf:params:oauth:grant-type:device_code',
          { device_code: deviceCode },
        );
        const claims = tokens.claims();
        return claims === undefined ? err('provider-refused') : ok({ ...claims });
      } catch (error) {
        const said = error instanceof oidc.ResponseBodyError ? error.error : undefined;
        if (said === 'authorization_pending') return err('waiting');
        if (said === 'slow_down') return err('slower');
        return err(failureOf(error));
      }
    },
  };
}

/** A bug is thrown on; what comes over the line, or does not come, is a failure that a person can be told. */
function failureOf(error: unknown): ProviderFailure {
  if (error instanceof oidc.AuthorizationResponseError || error instanceof oidc.ResponseBodyError)
    return 'provider-refused';
  if (error instanceof oidc.ClientError) {
    const { code } = error;
    return code === 'OAUTH_TIMEOUT' || code === 'OAUTH_RESPONSE_IS_NOT_CONFORM'
      ? 'provider-unreachable'
      : 'provider-refused';
  }
  if (error instanceof TypeError || (error as Error).name === 'TimeoutError')
    return 'provider-unreachable';
  throw error;
}
