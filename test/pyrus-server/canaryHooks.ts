import { canaryIn } from './canary';

const written: string[] = [];
const restore: (() => void)[] = [];

/** Loaded by mocha with `--require`: what a whole run prints holds no token and no key. */
export const mochaHooks: Mocha.RootHookObject = {
  beforeAll() {
    for (const stream of [process.stdout, process.stderr]) {
      const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
      restore.push(() => Reflect.deleteProperty(stream, 'write'));
      stream.write = (text: unknown, ...rest: unknown[]) => {
        written.push(String(text));
        return write(text, ...rest);
      };
    }
  },

  afterAll() {
    for (const back of restore.splice(0)) {
      back();
    }
    const hit = canaryIn(written.join(''));
    if (hit !== undefined) {
      throw new Error(`a secret was printed: ${hit}`);
    }
  },
};
