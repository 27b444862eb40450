import { startPyrus } from '../pyrus-server/pyrus';
import type { PyrusServer } from '../pyrus-server/pyrus';
import type { PyrusOptions } from '../pyrus-server/options';
import { openWorkbench, packedExtension } from './workbench';
import type { Workbench, WorkbenchOptions } from './workbench';
import { Words } from './words';

/** A stand-in Pyrus and an editor with the packed extension, as a person has them. */
export interface Scene {
  readonly pyrus: PyrusServer;
  readonly workbench: Workbench;
  readonly close: () => Promise<void>;
}

export interface SceneOptions extends WorkbenchOptions {
  readonly pyrus?: PyrusOptions;
}

/** Opens both; the palette knows our commands when it resolves. */
export async function openScene({
  pyrus: options,
  ...workbenchOptions
}: SceneOptions = {}): Promise<Scene> {
  const pyrus = await startPyrus({ language: workbenchOptions.locale ?? 'en', ...options });
  try {
    const workbench = await openWorkbench({ vsix: packedExtension, ...workbenchOptions });
    await workbench.ready(new Words(workbenchOptions.locale ?? 'en').command('command.upload'));
    const close = async (): Promise<void> => {
      await workbench.dispose();
      await pyrus.close();
    };
    return { pyrus, workbench, close };
  } catch (error) {
    await pyrus.close();
    throw error;
  }
}

/** Answers the questions up to the key, which stays to be answered. */
export async function answerUpToKey({ pyrus, workbench: { quickInput } }: Scene): Promise<void> {
  await quickInput.shown(/Sign in to Pyrus \(1\/\d\)/);
  await quickInput.pick(/On-Premises Server/);
  await quickInput.shown(/\(2\/4\)/);
  await quickInput.answer(pyrus.origins.accounts);
  await quickInput.shown(/\(3\/4\)/);
  await quickInput.answer(pyrus.login);
  await quickInput.shown(/\(4\/4\)/);
}

/** Answers all questions of the sign-in as the fixtures' user would. */
export async function answerSignIn(scene: Scene): Promise<void> {
  await answerUpToKey(scene);
  await scene.workbench.quickInput.answer(scene.pyrus.securityKey);
  await scene.workbench.quickInput.hidden();
}

/** Signs in from the palette and closes the message. */
export async function signIn(scene: Scene): Promise<void> {
  await scene.workbench.palette.run('Pyrus: Sign In…');
  await answerSignIn(scene);
  await (await scene.workbench.notifications.toast('Signed in as Bob Smith')).close();
}
