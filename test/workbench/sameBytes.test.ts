import { strict as assert } from 'node:assert';
import { openScene, signIn } from './signedIn';
import type { Scene } from './signedIn';

const UPLOAD = 'Upload to Pyrus and Copy GUID';

describe('uploading the same bytes again', () => {
  let scene: Scene;

  before(async () => {
    scene = await openScene({ settings: { 'pyrus.upload.sameBytes': 'ask' } });
    await signIn(scene);
  });
  after(() => scene.close());

  const upload = async (): Promise<void> =>
    (await scene.workbench.explorer.contextMenu('diagram.png')).choose(UPLOAD);

  it('asks whether to use the GUID again, until the answer is no', async () => {
    const { clipboard, dialog, notifications } = scene.workbench;
    await upload();
    await (await notifications.toast('“diagram.png” is in Pyrus, verified.')).close();
    const guid = await clipboard.read();
    await clipboard.write('as it was');
    await upload();
    await dialog.shown('The same “diagram.png” is in Pyrus already');
    await dialog.click('Cancel');
    assert.equal(await clipboard.read(), 'as it was');
    await upload();
    await dialog.shown('The same “diagram.png” is in Pyrus already');
    await dialog.click('Use the GUID Again');
    await (await notifications.toast('“diagram.png” was in Pyrus already')).close();
    assert.equal(await clipboard.read(), guid);
    assert.equal(scene.pyrus.uploads.length, 1);
    await upload();
    await dialog.shown('The same “diagram.png” is in Pyrus already');
    await dialog.click('Upload Again');
    await (await notifications.toast('“diagram.png” is in Pyrus, verified.')).close();
    await upload();
    await (await notifications.toast('“diagram.png” is in Pyrus, verified.')).close();
    assert.equal(scene.pyrus.uploads.length, 3);
  });
});
