import { strict as assert } from 'node:assert';
import { openWorkbench, packedExtension } from './workbench';
import type { Workbench } from './workbench';
import { startPyrus } from '../pyrus-server/pyrus';
import type { PyrusServer } from '../pyrus-server/pyrus';

describe('in Russian', () => {
  let pyrus: PyrusServer;
  let workbench: Workbench;

  before(async () => {
    pyrus = await startPyrus();
    workbench = await openWorkbench({ vsix: packedExtension, locale: 'ru' });
    await workbench.ready('Pyrus: Загрузить в Pyrus и скопировать GUID');
  });
  after(async () => {
    await workbench.dispose();
    await pyrus.close();
  });

  it('signs in, uploads and counts as one speaks', async () => {
    const { explorer, quickInput, notifications } = workbench;
    await explorer.select(['diagram.png', 'upload.py']);
    await (await explorer.contextMenu('upload.py')).choose('Загрузить в Pyrus и скопировать GUID');
    await quickInput.shown(/Вход в Pyrus \(1\/3\)/);
    await quickInput.pick(/Сервер организации/);
    await quickInput.shown(/\(2\/4\)/);
    await quickInput.answer(pyrus.origins.accounts);
    await quickInput.shown(/\(3\/4\)/);
    await quickInput.answer(pyrus.login);
    await quickInput.shown(/\(4\/4\)/);
    await quickInput.answer('неверный');
    await quickInput.message(/не бывает пробелов и русских букв/);
    await quickInput.answer(pyrus.securityKey);
    const toast = await notifications.toast('В Pyrus 2 файла, содержимое проверено.');
    assert.deepEqual(await toast.buttons(), [
      'Вставить',
      'Прикрепить к задаче…',
      'Скопировать как…',
    ]);
    await toast.close();
  });
});
