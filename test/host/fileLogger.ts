/**
 * Takes the place of the native `@vscode/spdlog` in the editor we bring: it needs a compiler, and
 * without it the editor keeps no log files and every "Show Log" is empty. Same functions, plain files.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import * as path from 'node:path';

const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical'] as const;
const OFF = LEVELS.length;

export const version = 1;

/** Levels are set on each logger; the editor never sets the common one. */
export function setLevel(): void {
  // Nothing is common to the loggers here.
}

/** Every message is written at once, so there is nothing to flush later. */
export function setFlushOn(): void {
  // See above.
}

export class Logger {
  private level = 2;
  private bare = false;

  constructor(
    _type: string,
    _name: string,
    private readonly file: string,
  ) {}

  trace(message: string): void {
    this.write(0, message);
  }
  debug(message: string): void {
    this.write(1, message);
  }
  info(message: string): void {
    this.write(2, message);
  }
  warn(message: string): void {
    this.write(3, message);
  }
  error(message: string): void {
    this.write(4, message);
  }
  critical(message: string): void {
    this.write(5, message);
  }
  getLevel(): number {
    return this.level;
  }
  setLevel(level: number): void {
    this.level = level;
  }
  setPattern(): void {
    this.bare = false;
  }
  clearFormatters(): void {
    this.bare = true;
  }
  flush(): void {
    // Written already.
  }
  drop(): void {
    this.level = OFF;
  }

  private write(level: number, message: string): void {
    if (level < this.level) {
      return;
    }
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    const line = this.bare ? message : `${time} [${LEVELS[level] ?? ''}] ${message}\n`;
    appendFileSync(this.file, line);
  }
}

export function createRotatingLogger(name: string, file: string): Promise<Logger> {
  mkdirSync(path.dirname(file), { recursive: true });
  return Promise.resolve(new Logger('rotating', name, file));
}

export const createAsyncRotatingLogger = createRotatingLogger;
