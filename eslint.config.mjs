import eslint from '@eslint/js';
import prettier from 'eslint-config-prettier/flat';
import tseslint from 'typescript-eslint';

const below = ['pyrus', 'transfer', 'account', 'history', 'settings', 'words'];

/** Which rooms each may import from (CONTRIBUTING.md draws the same table); from the roots, none. */
const mayImport = {
  pyrus: [],
  transfer: ['pyrus'],
  account: ['pyrus'],
  history: ['pyrus'],
  settings: [],
  words: ['pyrus', 'transfer', 'history'],
  commands: below,
  editor: below,
  drop: [...below, 'editor'],
  views: below,
  tools: below,
};

const network = ['node-fetch', 'form-data'];

/** As seen from a file in a room: `forbidden` are glob patterns, of `typesOnly` types may be imported. */
const rooms = Object.fromEntries(
  Object.entries(mayImport).map(([room, allowed]) => [
    room,
    {
      forbidden: [
        ...(room === 'pyrus' ? ['vscode'] : network),
        ...Object.keys(mayImport)
          .filter(other => other !== room && !allowed.includes(other))
          .map(other => `../${other}/*`),
        '../extension*',
        '../onFirstUse*',
      ],
      ...(room === 'transfer' ? { typesOnly: ['../pyrus/*'] } : {}),
    },
  ]),
);

const roomRules = Object.entries(rooms).map(([room, { forbidden, typesOnly = [] }]) => ({
  files: [`src/${room}/**/*.ts`],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: forbidden,
            message: `The room src/${room} may not import this: see CONTRIBUTING.md.`,
          },
          ...(typesOnly.length > 0
            ? [
                {
                  group: typesOnly,
                  allowTypeImports: true,
                  message: `src/${room} may import only types from here.`,
                },
              ]
            : []),
        ],
      },
    ],
    'no-restricted-syntax': [
      'error',
      {
        selector: 'ImportExpression[source.value=/^[.][.]/]',
        message:
          'What a room loads later is its own; what is of others, the roots load and pass in.',
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'test/data/', '.vscode-test/', 'node_modules/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-console': 'error',
      eqeqeq: 'error',
      curly: 'error',
      'max-lines': ['error', 300],
    },
  },
  ...roomRules,
  {
    // Programs and harnesses talk to a terminal; mocha's `describe` and `it` return nothing to await.
    files: ['test/**/*.ts'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-floating-promises': [
        'error',
        { checkThenables: true, allowForKnownSafeCalls: [] },
      ],
    },
  },
  {
    // Loaded by the extension host, where the browser's driver cannot be, nor what starts editors.
    files: ['test/extension/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: [
                'playwright-core',
                '../workbench/*',
                '../host/*',
                '../bench/*',
                '../faults/*',
              ],
              message:
                'The extension host cannot load Playwright, nor starts editors: test/extension does without.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        require: 'readonly',
        module: 'writable',
        __dirname: 'readonly',
      },
    },
  },
  prettier,
);
