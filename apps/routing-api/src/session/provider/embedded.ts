import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { type Configuration } from 'oidc-provider';
import { demonstrationPeople } from '../people.ts';
import type { ProviderSettings } from './settings.ts';

/** Claims of a made-up person, by `sub`. */
export type ProviderPeople = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const client = { client_id: 'tongban', client_secret: 'known to everybody' };

/**
 * A real OpenID provider on the loopback for demonstration and tests. Its people are made up and need no password:
 * one chooses who to be. `origins`: pages that may send people here.
 */
export async function runProvider(people: ProviderPeople, origins: readonly string[]) {
  const http = createServer();
  await new Promise<void>((done, fail) =>
    http.once('error', fail).listen(0, '127.0.0.1', () => done()),
  );
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, await configurationOf(people, origins));
  const answer = provider.callback();
  http.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/') !== true) return void answer(request, response);
    interact(provider, people, request, response).catch(() => response.writeHead(400).end());
  });
  const settings: ProviderSettings = {
    issuer,
    clientId: client.client_id,
    clientSecret: client.client_secret,
    origins: [...origins],
  };
  return {
    settings,
    stop: () =>
      new Promise<void>((done) => {
        http.close(() => done());
        http.closeAllConnections();
      }),
  };
}
export type RunningProvider = Awaited<ReturnType<typeof runProvider>>;

/** The people of the demonstration as a provider knows them; not the accounts that have a password here. */
export const demonstrationClaims: ProviderPeople = Object.fromEntries(
  demonstrationPeople.map(({ account, name, role, department, hall, window, residentId }) => [
    `sso-${account}`,
    {
      name,
      tongban_role: role,
      ...(department && { tongban_department: department }),
      ...(hall && { tongban_hall: hall }),
      ...(window && { tongban_window: window }),
      ...(residentId && { resident_id: residentId }),
    },
  ]),
);

async function configurationOf(
  people: ProviderPeople,
  origins: readonly string[],
): Promise<Configuration> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kty: 'RSA', alg: 'RS256', use: 'sig' };
  return {
    jwks: { keys: [key] },
    clients: [
      {
        ...client,
        redirect_uris: origins.map((origin) => `${origin}/api/v1/session/callback`),
        response_types: ['code'],
        grant_types: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'],
      },
    ],
    claims: {
      openid: ['sub'],
      profile: [...new Set(Object.values(people).flatMap(Object.keys))],
    },
    // All claims in the ID token, as a provider of staff accounts is usually set up.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, deviceFlow: { enabled: true } },
    cookies: { keys: ['demonstration'] },
    // Seconds.
    ttl: {
      AccessToken: 60,
      AuthorizationCode: 60,
      DeviceCode: 600,
      IdToken: 60,
      Interaction: 600,
      Session: 3_600,
      Grant: 3_600,
    },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, sub) => {
      const claims = people[sub];
      return claims && { accountId: sub, claims: async () => ({ sub, ...claims }) };
    },
    // Nobody is asked for consent: the city's own service asks the city's own provider.
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        accountId: oidc.session?.accountId ?? '',
        clientId: oidc.client?.clientId ?? '',
      });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
  };
}

async function interact(
  provider: Provider,
  people: ProviderPeople,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(page(people));
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const account = new URLSearchParams(Buffer.concat(chunks).toString()).get('account') ?? '';
  const result =
    people[account] === undefined ? { error: 'access_denied' } : { login: { accountId: account } };
  await provider.interactionFinished(request, response, result, {
    mergeWithLastSubmission: false,
  });
}

function page(people: ProviderPeople): string {
  const choices = Object.entries(people).map(
    ([sub, { name }]) => `<button name="account" value="${sub}">${String(name)}</button>`,
  );
  return `<!doctype html><html lang="zh-CN"><meta name="viewport" content="width=device-width">
<title>统一身份认证（演示）</title><style>body{font:18px/1.6 sans-serif;max-width:24em;margin:2em auto;padding:0 1em}
button{display:block;width:100%;min-height:48px;margin:.5em 0;font:inherit}</style>
<h1>统一身份认证（演示）</h1><p>这里的人都是虚构的。请选择要登录的人。<br>Everyone here is made up. Choose who to be.</p>
<form method="post">${choices.join('')}<button name="account" value="">取消 Cancel</button></form></html>`;
}
