import assert from 'node:assert/strict';
import { BUILT_IN } from '../../../src/editor/builtInFormats';
import type { Format } from '../../../src/editor/format';
import { formatsFor } from '../../../src/editor/formats';
import { render } from '../../../src/editor/render';
import { filledIn } from '../../formats/snippet';

const HOSTILE = '$1 ${CLIPBOARD} "quote" \\ } .txt';
const FILES = [
  { guid: '08923d83-255b-4f18-b0eb-5c4d3b9bf1d2', name: HOSTILE },
  { guid: '18923d83-255b-4f18-b0eb-5c4d3b9bf1d2', name: 'b.txt' },
];

const built = (id: string): Format => BUILT_IN.find(one => one.id === id) ?? assert.fail(id);
const user = (template: string, language: string): Format => ({
  id: 'user:x',
  label: 'x',
  languages: [language],
  language,
  template,
});

describe('formats', () => {
  for (const format of BUILT_IN) {
    it(`${format.id}: the snippet, left as it is, is what is copied`, () => {
      const snippet = filledIn(render(format, FILES, { as: 'snippet' }), {});
      const copied = render({ ...format, indent: '\t' }, FILES, { as: 'plain' });
      assert.equal(snippet, copied);
      for (const { guid } of FILES) {
        assert.equal(copied.split(guid).length, 2, guid);
      }
    });

    it(`${format.id}: a known task stands in it, without a tab stop`, () => {
      const options = { taskId: 11611, as: 'snippet' } as const;
      const snippet = render(format, FILES.slice(0, 1), options);
      assert.equal(snippet.includes('TASK_ID'), false);
      const names = /\/\$\{taskId\}|\(\$\{taskId\}|, \$\{taskId\}/.test(format.template);
      assert.equal(snippet.includes('11611'), names || format.template.includes('${taskId}'));
    });
  }

  it('carry no token and no key', () => {
    for (const format of BUILT_IN) {
      const written = render(format, FILES, { as: 'plain' });
      assert.equal(/Bearer [\w-]{20,}/.test(written), false, format.id);
    }
  });

  it('of a language come first, then the GUID and all others, each once', () => {
    const ids = formatsFor('csharp').map(({ id }) => id);
    assert.deepEqual(ids.slice(0, 2), ['csharp', 'guid']);
    assert.deepEqual([...ids].sort(), BUILT_IN.map(({ id }) => id).sort());
  });

  it('of an unknown language begin with the GUID', () => {
    assert.equal(formatsFor('cobol')[0]?.id, 'guid');
  });

  it('of JSON stay on one line in JSON Lines, however many files there are', () => {
    for (const id of ['json', 'json-item']) {
      const format = formatsFor('jsonl').find(one => one.id === id) ?? assert.fail(id);
      const copied = render(format, FILES, { as: 'plain', languageId: 'jsonl' });
      assert.ok(!copied.includes('\n'), copied);
      const inList = id === 'json' ? copied : `{ "attachments": [${copied}] }`;
      const guids = FILES.map(({ guid }) => ({ guid }));
      assert.deepEqual(JSON.parse(inList), { attachments: guids });
    }
    assert.equal(formatsFor('jsonl')[0]?.id, 'json');
  });

  it('put several GUIDs on lines, or several files into one request', () => {
    const [first, second] = FILES.map(({ guid }) => guid);
    assert.equal(render(built('guid'), FILES, { as: 'plain' }), `${first}\n${second}`);
    assert.match(render(built('curl'), FILES, { as: 'plain' }), /\[\{[^}]*\}, \{[^}]*\}\]/);
    assert.equal(render(built('markdown'), FILES, { as: 'plain' }).split('\n').length, 2);
  });

  it('are indented as their language is when they are copied', () => {
    assert.match(render(built('json'), FILES, { as: 'plain' }), /^ {2}"attachments": \[\n {4}\{/m);
    assert.match(render(built('go'), FILES, { as: 'plain' }), /^\treturn err$/m);
    assert.match(render(built('python-requests'), FILES, { as: 'plain' }), /^ {4}timeout=30/m);
  });
});

describe('a file name that is code', () => {
  const [file] = FILES;
  assert.ok(file !== undefined);
  const written = (template: string, language: string, name: string = HOSTILE): string =>
    render(user(template, language), [{ ...file, name }], { as: 'plain' });

  it('is what it is in a snippet', () => {
    const snippet = render(user('${name}', 'plaintext'), [file], { as: 'snippet' });
    assert.equal(snippet, '\\$1 \\${CLIPBOARD\\} "quote" \\\\ \\} .txt');
    assert.equal(filledIn(snippet, {}), HOSTILE);
  });

  it('is what it is inside a tab stop', () => {
    const snippet = render(user('${1:${name}}', 'plaintext'), [file], { as: 'snippet' });
    assert.equal(filledIn(snippet, {}), HOSTILE);
  });

  const rows: [language: string, template: string, expected: string, name?: string][] = [
    ['json', '{ "name": "${name}" }', '{ "name": "a \\"b\\" \\\\" }', 'a "b" \\'],
    ['json', '{ "name": "${name}" }', '{ "name": "a\\n\\u202eb" }', 'a\n\u202eb'],
    ['javascript', "'${name}'", "'it\\'s'", "it's"],
    ['javascript', '"${name}"', '"it\'s"', "it's"],
    ['javascript', '`${name}`', '`\\${x} \\``', '${x} `'],
    ['javascript', '// ${name}', '// a b', 'a\u2028b'],
    ['javascript', '/* ${name} */', '/* a* / alert() */', 'a*/ alert()'],
    ['javascript', `'\${1:a \${name}}', "\${name}"`, `'a "\\'"', "\\"'\\""`, `"'"`],
    ['python', "f'${name}'", "f'{{x}}'", '{x}'],
    ['python', "r'${name}'", "r'it_s\\n _'", "it's\\n \\"],
    ['python', '# ${name}', '# a import os', 'a\nimport os'],
    ['csharp', '@"${name}"', '@"a ""b"" \\"', 'a "b" \\'],
    ['csharp', '$"${name}"', '$"{{x}} \\""', '{x} "'],
    ['csharp', '"""${name}"""', '"""a \'\'\'b"""', 'a """b'],
    ['go', '`${name}`', "`a 'b`", 'a `b'],
    ['java', '// ${name}', '// \\ u000a System.exit(0);', '\\u000a System.exit(0);'],
    ['java', '"${name}"', '"\\\\u000a"', '\\u000a'],
    ['java', '"${name}"', '"a\\nb"', 'a\nb'],
    ['php', '// ${name}', '// a ? > <script>', 'a ?> <script>'],
    ['php', "'${name}'", "'it\\'s $x \\\\'", "it's $x \\"],
    ['php', '"${name}"', '"{\\$x[0]} \\""', '{$x[0]} "'],
    ['shellscript', "'${name}'", "'it'\\''s $(x)'", "it's $(x)"],
    ['shellscript', '"${name}"', '"\\$(x) \\`y\\` \\"z\\" \\\\"', '$(x) `y` "z" \\'],
    ['shellscript', `-d '{"n": "\${name}"}'`, `-d '{"n": "it'\\''s \\"x\\""}'`, `it's "x"`],
    ['bsl', '"${name}"', '"a ""b"" c"', 'a "b"\nc'],
    ['bsl', '// ${name}', '// a b', 'a\nb'],
    ['http', '### ${name}', '### a b', 'a\nb'],
    ['http', 'POST /x\n\n{"n": "${name}"}', 'POST /x\n\n{"n": "\\"x\\""}', '"x"'],
    ['markdown', '${name}', '\\[a\\](x) \\*b\\* \\_c\\_ d_e', '[a](x) *b* _c_ d_e'],
    ['markdown', '${name}', '\\# a', '# a'],
    ['markdown', '${name}', '1\\. a', '1. a'],
    ['markdown', '`${name}`', "`a 'b`", 'a `b'],
    ['markdown', '```js\nf("${name}")\n```', '```js\nf("\\"")\n```', '"'],
    ['plaintext', '${name}', 'a b', 'a\r\nb'],
    ['plaintext', '"${name}"', '""x" \\"', '"x" \\'],
    ['ruby', '"${name}"', '"#(exit) #_x _exit_ _"', '#{exit} #$x `exit` \\'],
    ['ruby', 'f("a", "${name}") # ${name}', `f("a", "_x_ O'B") # "x" O'B`, `"x" O'B`],
    ['rust', `let a: &'static str = "\${name}";`, `let a: &'static str = "_";`, '"'],
    ['powershell', `'"' + "\${name}"`, `'"' + "_(exit) __"`, '$(exit) "`'],
    ['sql', "'a ${name}\n'", "'a it_s\n'", "it's"],
    ['xml', '<a b="${name}">${name}</a>', `<a b="&quot;'&amp;&lt;">"'&amp;&lt;</a>`, `"'&<`],
    ['xml', "<a b='${name}'/>", `<a b='"&#39;&#92;'/>`, `"'\\`],
    ['html', '<!-- ${name} -->', '<!-- --&gt; &lt;!-- -->', '--> <!--'],
    ['html', `<a onclick="f('\${name}')">`, `<a onclick="f('_ + __(x)_')">`, `' + "\${x}"`],
    ['vue', '<b>${name}</b>', '<b>&#123;&#123; x }}</b>', '{{ x }}'],
    ['razor', '<b>${name}</b>', '<b>a@2x &#64;(x)</b>', 'a@2x @(x)'],
    ['cobol', '${name}', '"x" \\', '"x" \\'],
  ];
  const usual = `'\${name}', "\${name}"`;
  const unusual = `O'Brien "x" <a>.pdf`;
  for (const language of 'ruby sql powershell yaml kotlin rust c dart toml lua'.split(' ')) {
    rows.push([language, usual, `'O_Brien "x" <a>.pdf', "O'Brien _x_ <a>.pdf"`, unusual]);
  }
  for (const language of 'xml html vue razor xsl svg'.split(' ')) {
    const expected = `b='O&#39;Brien "x" &lt;a&gt;.pdf' c="O'Brien &quot;x&quot; &lt;a&gt;.pdf"`;
    rows.push([language, `b='\${name}' c="\${name}"`, expected, unusual]);
    const inCode = `'O_Brien "x" &lt;a&gt;.pdf', "O'Brien _x_ &lt;a&gt;.pdf"`;
    rows.push([language, usual, inCode, unusual]);
  }

  for (const [language, template, expected, name] of rows) {
    it(`${language}: ${JSON.stringify(name)} in ${JSON.stringify(template)}`, () => {
      assert.equal(written(template, language, name), expected);
    });
  }
});
