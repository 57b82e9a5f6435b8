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
