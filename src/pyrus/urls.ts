/** `new URL` that answers instead of throwing (Node's own `URL.parse` is younger than our oldest host). */
export function parseUrl(text: string, base?: URL): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

/** True for 127.0.0.0/8, `[::1]` and localhost: nothing sent there leaves the machine. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/** True for IPv4 and IPv6 literals, as `URL` writes them. */
export function isIpLiteral(hostname: string): boolean {
  return /^(\[.*\]|\d{1,3}(\.\d{1,3}){3})$/.test(hostname);
}

/** https, or http that cannot leave the machine; no user info; no trailing dot that dodges comparisons. */
export function isSafeOrigin(url: URL): boolean {
  const secure = url.protocol === 'https:';
  return (
    (secure || (url.protocol === 'http:' && isLoopback(url.hostname))) &&
    url.username === '' &&
    url.password === '' &&
    !url.hostname.endsWith('.')
  );
}
