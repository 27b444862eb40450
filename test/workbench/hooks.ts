import * as path from 'node:path';
import { projectFolder } from '../host/project';
import { openWorkbenches, versionUnderTest } from './workbench';

/** Loaded by mocha with `--require`. */
export const mochaHooks: Mocha.RootHookObject = {
  /** Pictures of every open workbench when a scenario failed. */
  async afterEach(this: Mocha.Context) {
    if (this.currentTest?.isFailed() !== true) {
      return;
    }
    for (const [index, workbench] of openWorkbenches().entries()) {
      const file = pictureFile(this.currentTest.fullTitle(), index);
      await workbench.screenshot(file);
      console.log(`      picture: ${path.relative(projectFolder, file)}`);
    }
  },

  /** What a failed scenario left open. */
  async afterAll() {
    for (const workbench of openWorkbenches()) {
      await workbench.dispose();
    }
  },
};

function pictureFile(title: string, index: number): string {
  const name = title.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 100);
  const suffix = index === 0 ? '' : `-${index + 1}`;
  return path.join(
    projectFolder,
    'out',
    'screenshots',
    `${versionUnderTest()}-${name}${suffix}.png`,
  );
}
