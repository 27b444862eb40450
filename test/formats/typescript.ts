import { join } from 'node:path';

const MODULES = join(__dirname, '../../../node_modules');

export const TYPESCRIPT_COMPILER = join(MODULES, '.bin/tsc');

export const TYPESCRIPT_OPTIONS = {
  compilerOptions: {
    strict: true,
    module: 'nodenext',
    target: 'es2022',
    types: ['node'],
    typeRoots: [join(MODULES, '@types')],
  },
  files: ['program.mts'],
};
