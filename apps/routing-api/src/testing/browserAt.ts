import { createServer } from 'node:net';

/** A port that nobody holds now, for what must be known before it is opened. */
export function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}

/** A browser as far as it matters here: cookies by name for each host and port, redirects seen one by one. */
export function browserAt(at: string) {
  const jars = new Map<string, Map<string, string>>();
  async function go(url: string, form?: Record<string, string>) {
    const { origin } = new URL(url);
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/);
      if (value === '' || /max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    const to = answer.headers.get('location');
    return { answer, to: to === null ? undefined : new URL(to, url).href };
  }
  /** Follows from the start to where the provider sends the browser back to; the last address is not visited. */
  async function until(url: string, back: string, form: Record<string, string>) {
    let at: string | undefined = url;
    for (let steps = 0; steps < 10 && at !== undefined && !at.startsWith(back); steps += 1) {
      const interacts = at.includes('/interaction/');
      const { answer, to } = await go(at, interacts ? form : undefined);
      at = to;
      // The provider leaves the account before with a form that sends itself.
      const page = to === undefined ? await answer.text() : '';
      const action = /<form method="post" action="([^"]+)"/.exec(page)?.[1];
      const hidden = [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]+)"/g)];
      if (action !== undefined)
        at = (await go(action, Object.fromEntries(hidden.map(([, name, value]) => [name, value]))))
          .to;
    }
    return at ?? '';
  }
  const callback = () => `${at}/api/v1/session/callback`;
  return {
    go,
    /** To the provider and back; answers the address that it sent the browser to. */
    errand: (page: string, form: Record<string, string>) =>
      until(`${at}/api/v1/session/provider?page=${page}`, callback(), form),
    async signIn(page: string, form: Record<string, string>) {
      const back = await this.errand(page, form);
      return (await go(back)).to?.slice(at.length);
    },
    who: async () => {
      const { answer } = await go(`${at}/api/v1/session`);
      return answer.status === 200 ? await answer.json() : answer.status;
    },
    cookies: () => jars.get(at) ?? new Map<string, string>(),
  };
}
