import eslint from '@eslint/js';
import prettier from 'eslint-config-prettier/flat';
import tseslint from 'typescript-eslint';

/** A room with a face: everything but the network, the other faces and the roots. */
const face = (...others) => [
  'node-fetch',
  'form-data',
  ...others.map(room => `../${room}/*`),
  '../extension*',
  '../onFirstUse*',
];

/**
 * Which room may import what (CONTRIBUTING.md draws the same table).
 * `forbidden` are glob patterns of import specifiers, as seen from a file in that room.
 */
const rooms = {
  pyrus: { forbidden: ['vscode', '../*'] },
  transfer: {
    forbidden: ['node-fetch', '../account/*', '../commands/*', '../words/*', '../extension*'],
    typesOnly: ['../pyrus/*'],
  },
  account: {
    forbidden: [
      'node-fetch',
      'form-data',
      '../transfer/*',
      '../commands/*',
      '../words/*',
      '../extension*',
    ],
  },
  history: {
    forbidden: [
      'node-fetch',
      'form-data',
      '../account/*',
      '../transfer/*',
      '../words/*',
      '../commands/*',
      '../editor/*',
      '../views/*',
      '../extension*',
    ],
  },
  settings: { forbidden: ['node-fetch', 'form-data', '../*'] },
  words: {
    forbidden: ['node-fetch', 'form-data', '../account/*', '../commands/*', '../extension*'],
  },
  editor: {
    forbidden: face('commands', 'drop', 'views', 'tools'),
  },
  drop: {
    forbidden: face('commands', 'views', 'tools'),
  },
  views: {
    forbidden: face('commands', 'drop', 'editor', 'tools'),
  },
  tools: {
    forbidden: face('commands', 'drop', 'editor', 'views'),
  },
  commands: {
    forbidden: face('drop', 'editor', 'views', 'tools'),
  },
};

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
