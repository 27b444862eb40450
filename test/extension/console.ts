import { format } from 'node:util';

/**
 * In a web workbench the console of the extension host arrives among the workbench's own messages.
 * Whoever wants to tell the suite's lines from those sets this variable to a prefix for them.
 * Imported before mocha, which remembers `console.log` when it is loaded.
 */
const prefix = process.env['PYRUS_TEST_LINE_PREFIX'];
if (prefix !== undefined) {
  // VS Code has locked the methods of the console it made, so that one is kept behind ours.
  const original = console;
  const method = (level: 'log' | 'info' | 'warn' | 'error'): PropertyDescriptor => ({
    value: (...args: unknown[]) => original[level](prefix + format(...args)),
  });
  globalThis.console = Object.create(original, {
    log: method('log'),
    info: method('info'),
    warn: method('warn'),
    error: method('error'),
  }) as Console;
}
