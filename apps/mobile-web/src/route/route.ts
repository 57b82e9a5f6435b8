/** The screens of this app. Each has an address, so that a bookmark, a reload and the back key all work. */
export type Route =
  | { readonly at: 'home' }
  | { readonly at: 'choose'; readonly by: Door; readonly id?: string }
  /** `visit` is the local name of an unfinished application. */
  | { readonly at: 'visit'; readonly visit: string }
  | { readonly at: 'hand-over'; readonly visit: string }
  /** Two copies of one application, to be made one. */
  | { readonly at: 'join'; readonly visit: string }
  | { readonly at: 'begin'; readonly kind: 'item' | 'bundle'; readonly id: string }
  | { readonly at: 'case'; readonly receipt: string }
  | { readonly at: 'supplement'; readonly receipt: string; readonly caseNumber: string }
  | { readonly at: 'ask' }
  | { readonly at: 'scan' }
  | { readonly at: 'help' }
  | { readonly at: 'settings' }
  | { readonly at: 'sign-in' };

export const doors = ['event', 'department', 'search'] as const;
export type Door = (typeof doors)[number];

/** Where the app lives on its origin; it is also the scope of its service worker. */
export const base = '/phone/';

const visitScreens = ['hand-over', 'join'] as const;
const plain = ['ask', 'scan', 'help', 'settings', 'sign-in'] as const;

/** The route of a path. What nobody knows leads home: an old bookmark must not end in nothing. */
export function routeOf(path: string): Route {
  const [first = '', second, third] = path
    .slice(path.startsWith(base) ? base.length : 0)
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
  const simple = plain.find((name) => name === first);
  if (simple !== undefined) return { at: simple };
  const door = doors.find((name) => name === second);
  if (first === 'choose')
    return { at: 'choose', by: door ?? 'event', ...(third === undefined ? {} : { id: third }) };
  if (first === 'begin' && (second === 'item' || second === 'bundle') && third !== undefined)
    return { at: 'begin', kind: second, id: third };
  if (first === 'visit' && second !== undefined)
    return { at: visitScreens.find((name) => name === third) ?? 'visit', visit: second };
  if (first === 'case' && second !== undefined)
    return third === undefined
      ? { at: 'case', receipt: second }
      : { at: 'supplement', receipt: second, caseNumber: third };
  return { at: 'home' };
}

/** The address of a route. */
export function pathOf(route: Route): string {
  return base + partsOf(route).map(encodeURIComponent).join('/');
}

function partsOf(route: Route): readonly string[] {
  switch (route.at) {
    case 'home':
      return [];
    case 'choose':
      return ['choose', route.by, ...(route.id === undefined ? [] : [route.id])];
    case 'begin':
      return ['begin', route.kind, route.id];
    case 'visit':
      return ['visit', route.visit];
    case 'hand-over':
    case 'join':
      return ['visit', route.visit, route.at];
    case 'case':
      return ['case', route.receipt];
    case 'supplement':
      return ['case', route.receipt, route.caseNumber];
    default:
      return [route.at];
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (fault) {
    // A stray percent sign: taken as it stands, which no route will know.
    if (fault instanceof URIError) return part;
    throw fault;
  }
}
