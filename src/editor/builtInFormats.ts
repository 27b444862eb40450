import type { Format } from './format';

const SCRIPTS = ['javascript', 'javascriptreact', 'typescript', 'typescriptreact'];

/** The GUID and nothing else. */
export const GUID: Format = {
  id: 'guid',
  languages: [],
  language: 'plaintext',
  template: '${items}',
  item: '${guid}',
  separator: '\n',
};

/**
 * What is built in, in the order it is offered. Each posts a comment with the files, with the API's
 * address and the token from where the language usually has such things.
 */
export const BUILT_IN: readonly Format[] = [
  GUID,
  {
    id: 'json-item',
    languages: [],
    language: 'json',
    template: '${items}',
    oneLine: '${items}',
    item: '{ "guid": "${guid}" }',
    separator: ',\n',
  },
  {
    id: 'json',
    languages: ['json', 'jsonc', 'jsonl'],
    language: 'json',
    indent: '  ',
    template: `{
	"attachments": [
		\${items}
	]
}`,
    oneLine: '{ "attachments": [${items}] }',
    item: '{ "guid": "${guid}" }',
    separator: ',\n\t\t',
  },
  {
    id: 'http',
    languages: ['http', 'rest'],
    language: 'http',
    indent: '  ',
    template: `### \${names}
POST {{api}}/tasks/\${taskId}/comments
Authorization: Bearer {{token}}
Content-Type: application/json

{
	"attachments": [
		\${items}
	]
}`,
    item: '{ "guid": "${guid}" }',
    separator: ',\n\t\t',
  },
  {
    id: 'curl',
    languages: ['shellscript'],
    language: 'shellscript',
    indent: '  ',
    template: `# \${names}
curl --fail-with-body "\${PYRUS_API_URL}tasks/\${taskId}/comments" \\
	-H "Authorization: Bearer $PYRUS_TOKEN" \\
	-H 'Content-Type: application/json' \\
	-d '{"attachments": [\${items}]}'`,
    item: '{"guid": "${guid}"}',
    separator: ', ',
  },
  {
    id: 'python',
    languages: ['python'],
    language: 'python',
    indent: '    ',
    template: `import os

from pyrus.client import PyrusAPI
from pyrus.models.requests import TaskCommentRequest

# \${names}
pyrus_client = PyrusAPI(os.environ["PYRUS_LOGIN"], os.environ["PYRUS_SECURITY_KEY"])
pyrus_client.auth()
request = TaskCommentRequest(attachments=[\${items}])
task = pyrus_client.comment_task(\${taskId}, request).task`,
    item: '"${guid}"',
    separator: ', ',
  },
  {
    id: 'python-requests',
    languages: ['python'],
    language: 'python',
    indent: '    ',
    template: `import os

import requests

# \${names}
response = requests.post(
	f"{os.environ['PYRUS_API_URL']}tasks/\${taskId}/comments",
	headers={"Authorization": f"Bearer {os.environ['PYRUS_TOKEN']}"},
	json={"attachments": [\${items}]},
	timeout=30,
)
response.raise_for_status()`,
    item: '{"guid": "${guid}"}',
    separator: ', ',
  },
  {
    id: 'csharp',
    languages: ['csharp'],
    language: 'csharp',
    indent: '    ',
    template: `// \${names}
var pyrusClient = new PyrusClient();
await pyrusClient.Auth(
	Environment.GetEnvironmentVariable("PYRUS_LOGIN"),
	Environment.GetEnvironmentVariable("PYRUS_SECURITY_KEY"));
var response = await RequestBuilder
	.CommentSimpleTask(\${taskId})
	\${items}
	.Process(pyrusClient);`,
    item: '.AddAttachment(new NewFile("${guid}"))',
    separator: '\n\t',
  },
  {
    id: 'javascript',
    languages: SCRIPTS,
    language: 'javascript',
    indent: '  ',
    template: `// \${names}
const response = await fetch(\`\${process.env.PYRUS_API_URL}tasks/\${taskId}/comments\`, {
	method: 'POST',
	headers: {
		Authorization: \`Bearer \${process.env.PYRUS_TOKEN}\`,
		'Content-Type': 'application/json',
	},
	body: JSON.stringify({ attachments: [\${items}] }),
});
if (!response.ok) {
	throw new Error(\`Pyrus: \${response.status} \${await response.text()}\`);
}`,
    item: "{ guid: '${guid}' }",
    separator: ', ',
  },
  {
    id: 'pyrus-api',
    languages: SCRIPTS,
    language: 'typescript',
    indent: '  ',
    template: `import { PyrusApiClient } from 'pyrus-api';

// \${names}
const client = new PyrusApiClient({
	login: process.env.PYRUS_LOGIN ?? '',
	security_key: process.env.PYRUS_SECURITY_KEY ?? '',
});
const { task } = await client.tasks.addComment(\${taskId}, {
	attachments: [\${items}],
});`,
    item: "{ guid: '${guid}' }",
    separator: ', ',
  },
  {
    id: 'php',
    languages: ['php'],
    language: 'php',
    indent: '    ',
    template: `// \${names}
$curl = curl_init(getenv('PYRUS_API_URL') . 'tasks/\${taskId}/comments');
curl_setopt_array($curl, [
	CURLOPT_HTTPHEADER => [
		'Authorization: Bearer ' . getenv('PYRUS_TOKEN'),
		'Content-Type: application/json',
	],
	CURLOPT_POSTFIELDS => json_encode(['attachments' => [\${items}]]),
	CURLOPT_RETURNTRANSFER => true,
	CURLOPT_FAILONERROR => true,
]);
$response = curl_exec($curl);
if ($response === false) {
	throw new RuntimeException(curl_error($curl));
}`,
    item: "['guid' => '${guid}']",
    separator: ', ',
  },
  {
    id: 'go',
    languages: ['go'],
    language: 'go',
    indent: '\t',
    template: `// \${names}
body := strings.NewReader(\`{"attachments": [\${items}]}\`)
req, err := http.NewRequest(http.MethodPost, os.Getenv("PYRUS_API_URL")+"tasks/\${taskId}/comments", body)
if err != nil {
	return err
}
req.Header.Set("Authorization", "Bearer "+os.Getenv("PYRUS_TOKEN"))
req.Header.Set("Content-Type", "application/json")
resp, err := http.DefaultClient.Do(req)
if err != nil {
	return err
}
defer resp.Body.Close()
if resp.StatusCode != http.StatusOK {
	return fmt.Errorf("pyrus: %s", resp.Status)
}`,
    item: '{"guid": "${guid}"}',
    separator: ', ',
  },
  {
    id: 'java',
    languages: ['java'],
    language: 'java',
    indent: '    ',
    template: `// \${names}
HttpRequest request = HttpRequest
		.newBuilder(URI.create(System.getenv("PYRUS_API_URL") + "tasks/\${taskId}/comments"))
		.header("Authorization", "Bearer " + System.getenv("PYRUS_TOKEN"))
		.header("Content-Type", "application/json")
		.POST(HttpRequest.BodyPublishers.ofString("{\\"attachments\\": [\${items}]}"))
		.build();
HttpResponse<String> response = HttpClient.newHttpClient()
		.send(request, HttpResponse.BodyHandlers.ofString());
if (response.statusCode() != 200) {
	throw new IOException("Pyrus: " + response.statusCode() + " " + response.body());
}`,
    item: '{\\"guid\\": \\"${guid}\\"}',
    separator: ', ',
  },
  {
    id: 'bsl',
    languages: ['bsl'],
    language: 'bsl',
    indent: '\t',
    template: `// \${names}
Соединение = Новый HTTPСоединение("\${2:api.pyrus.com}", , , , , 60, Новый ЗащищенноеСоединениеOpenSSL);
Запрос = Новый HTTPЗапрос("/v4/tasks/\${taskId}/comments");
Запрос.Заголовки.Вставить("Authorization", "Bearer " + \${3:ТокенДоступа});
Запрос.Заголовки.Вставить("Content-Type", "application/json");
Запрос.УстановитьТелоИзСтроки(
	"{""attachments"": [\${items}]}",
	КодировкаТекста.UTF8,
	ИспользованиеByteOrderMark.НеИспользовать);
Ответ = Соединение.ОтправитьДляОбработки(Запрос);`,
    item: '{""guid"": ""${guid}""}',
    separator: ', ',
  },
  {
    id: 'markdown',
    languages: ['markdown'],
    language: 'markdown',
    template: '${items}',
    one: '${name}: `${guid}`',
    item: '- ${name}: `${guid}`',
    separator: '\n',
  },
  {
    id: 'text',
    languages: [],
    language: 'plaintext',
    template: '${items}',
    item: '${name}: ${guid}',
    separator: '\n',
  },
];
