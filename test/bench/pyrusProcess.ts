/**
 * The stand-in Pyrus in a process of its own, so that it does not share a thread with what is
 * measured. Started with its options as JSON; answers what {@link startPyrusProcess} asks.
 */
import { startPyrus } from '../pyrus-server/pyrus';
import type { PyrusOptions } from '../pyrus-server/options';
import type { PyrusServer } from '../pyrus-server/pyrus';
import type { Answer, Question, SeenUpload } from './pyrusChild';

async function main(): Promise<void> {
  const pyrus = await startPyrus(JSON.parse(process.argv[2] ?? '{}') as PyrusOptions);
  process.on('message', (question: Question) => {
    process.send?.(answer(pyrus, question) satisfies Answer);
  });
  process.once('disconnect', () => process.exit());
  const { origins, login, securityKey } = pyrus;
  process.send?.({ origins, login, securityKey, token: pyrus.issueToken() });
}

function answer(pyrus: PyrusServer, question: Question): Answer {
  switch (question.ask) {
    case 'file': {
      const { id, md5, size, name } = pyrus.addFile(question.file);
      return { id, md5, size, name };
    }
    case 'task':
      return { id: pyrus.addBigTask() };
    case 'lastUpload':
      return { upload: lastUpload(pyrus) };
  }
}

/** In milliseconds since 1970, which all processes of a machine share. */
function lastUpload({ requests }: PyrusServer): SeenUpload | undefined {
  const seen = requests.findLast(({ path }) => path.includes('/files/upload'));
  return (
    seen && {
      startedAt: performance.timeOrigin + seen.startedAt,
      ...(seen.endedAt === undefined ? {} : { endedAt: performance.timeOrigin + seen.endedAt }),
      outcome: seen.outcome,
    }
  );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
