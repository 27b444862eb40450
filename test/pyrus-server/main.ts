import { parseArgs } from 'node:util';
import { startPyrus } from './pyrus';

const HELP = `The stand-in Pyrus: answers like Pyrus, on this machine only, and forgets all at the end.

  npm run pyrus -- [--port <n>] [--english]

  --port <n>   listen on n (sign-in), n+1 (API), n+2 (files), n+3 (on-premises), n+4 (must never be called)
  --english    error texts in English; Russian otherwise
  --help       this
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      english: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_531) {
    throw new Error(`--port must be a number from 0 to 65531, not ${values.port}`);
  }
  const pyrus = await startPyrus({ port, language: values.english ? 'en' : 'ru' });
  const { origins } = pyrus;
  process.stdout.write(`The stand-in Pyrus is running; Ctrl+C ends it.

  On-Premises Server   ${origins.onPremises}   (one address for everything)
  Cloud: sign-in       ${origins.accounts}
  Cloud: API           ${origins.api}/v4/
  Cloud: files         ${origins.files}/

  Login                ${pyrus.login}
  Security key         ${pyrus.securityKey}

  Files to download    1334, 17563; tasks 11611, 11613
`);
  process.once('SIGINT', () => end(pyrus.close()));
  process.once('SIGTERM', () => end(pyrus.close()));
}

/** A failure is printed and makes the exit code 1. */
function end(work: Promise<void>): void {
  work.catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}

end(main());
