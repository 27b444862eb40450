import assert from 'node:assert/strict';

/** Sends the only request of a request file, as REST Client and its like do. */
export async function sendRequestFile(
  file: string,
  variables: Readonly<Record<string, string>>,
): Promise<Response> {
  const request = file.replace(/^###.*\n/, '');
  const filled = request.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    return variables[name] ?? assert.fail(`no variable ${name}`);
  });
  const [head = '', ...body] = filled.split('\n\n');
  const [line = '', ...headers] = head.split('\n');
  const [method = '', url = ''] = line.split(' ');
  return fetch(url, {
    method,
    headers: headers.map((header): [string, string] => {
      const [name = '', value = ''] = header.split(/:\s*(.*)/);
      return [name, value];
    }),
    body: body.join('\n\n'),
  });
}
