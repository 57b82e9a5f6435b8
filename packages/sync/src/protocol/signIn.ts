import Type, { type Static } from 'typebox';
import Value from 'typebox/value';

/** `GET /api/v1/session/ways`: what a page may offer. */
export const SignInWays = Type.Object({
  /** Account and password, in a demonstration. */
  password: Type.Boolean(),
  /** `GET /api/v1/session/provider?page=…` leads to the identity provider. */
  provider: Type.Boolean(),
});
export type SignInWays = Static<typeof SignInWays>;
/** Pages that send a browser to the identity provider. */
export const SignInPage = Type.Enum(['phone', 'counter', 'departments']);
export type SignInPage = Static<typeof SignInPage>;
/** What a page finds as `sign-in` in its address when nobody was signed in. */
export const SignInRefusal = Type.Enum([
  'provider-refused',
  'provider-unreachable',
  'claims-unfit',
  'account-of-another',
  'sign-in-over',
]);
export type SignInRefusal = Static<typeof SignInRefusal>;

/** Why nobody was signed in, as the address of a page says it, and the address without that: it is said once. */
export function readSignInRefusal(href: string): {
  readonly why: SignInRefusal | undefined;
  readonly rest: string;
} {
  const url = new URL(href);
  const why = url.searchParams.get('sign-in');
  url.searchParams.delete('sign-in');
  return { why: Value.Check(SignInRefusal, why) ? why : undefined, rest: url.href };
}

/** `POST /api/v1/session/code`: a counter begins, and shows where and what to confirm (RFC 8628). */
export const CodeSignIn = Type.Object({
  /** Names this sign-in when the counter asks about it. */
  handle: Type.String(),
  /** Typed, or compared, on the person's own device. */
  userCode: Type.String(),
  /** Page of the provider to open there. */
  address: Type.String(),
  /** The same with the code in it, for a QR code. */
  addressWithCode: Type.Optional(Type.String()),
  expiresInSeconds: Type.Integer(),
  intervalSeconds: Type.Integer(),
});
export type CodeSignIn = Static<typeof CodeSignIn>;
/** `POST /api/v1/session/code/ask` */
export const CodeSignInAsk = Type.Object(
  { handle: Type.String() },
  { additionalProperties: false },
);
/** Nobody confirmed yet; somebody did, and the cookie is set; or it came to nothing. */
export const CodeSignInState = Type.Union([
  Type.Object({ state: Type.Literal('waiting') }),
  Type.Object({ state: Type.Literal('signed-in') }),
  Type.Object({
    state: Type.Literal('over'),
    why: Type.Union([SignInRefusal, Type.Literal('not-this-counter')]),
  }),
]);
export type CodeSignInState = Static<typeof CodeSignInState>;
