import { parseArgs, type ParseArgsConfig } from 'node:util';
import path from 'node:path';

/** What a command sees of the world. Only JSON lines go to `out`; words go to `err`. */
export interface Io {
  out(line: object): void;
  err(text: string): void;
  stdin: NodeJS.ReadableStream;
  /** Folder from which the user called: relative paths start here, not where npm runs. */
  cwd: string;
}

/** A command of `electron/cli/commands`: exit code 0 all handled, 1 one failed with a coded problem, 2 bad usage. */
export type Run = (args: string[], io: Io) => Promise<number>;

/** Bad usage: the program says the usage line on standard error and exits with 2. */
export class UsageError extends Error {
  readonly usage: string;

  constructor(usage: string, message: string) {
    super(message);
    this.name = 'UsageError';
    this.usage = usage;
  }
}

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<O extends Options> = ReturnType<typeof parseArgs<{ options: O; allowPositionals: true; strict: true }>>;

/**
 * Options of a command, in the form of `parseArgs` of node:util. Unknown options, missing values and a count of
 * free arguments outside `free` throw a UsageError with the usage line.
 * @param free least and greatest count of free arguments; none by default
 */
export function parseOptions<const O extends Options>(
  usage: string, args: string[], options: O, free: readonly [least: number, most: number] = [0, 0],
): Parsed<O> {
  let parsed: Parsed<O>;
  try {
    parsed = parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(usage, error instanceof Error ? error.message : String(error));
  }
  const { length } = parsed.positionals;
  if (length < free[0]) throw new UsageError(usage, 'Thiếu tham số (missing argument).');
  if (length > free[1]) throw new UsageError(usage, `Thừa tham số (unexpected argument): ${parsed.positionals[free[1]]}`);
  return parsed;
}

/** The value of an option that must be there. */
export function required(usage: string, name: string, value: string | undefined): string {
  if (value === undefined || value === '') throw new UsageError(usage, `Thiếu tùy chọn (missing option) --${name}.`);
  return value;
}

/** A path as the user wrote it, made absolute. */
export function pathFrom(io: Io, written: string): string {
  return path.resolve(io.cwd, written);
}

/** A text of several lines as a user wrote it on a command line, where a shell leaves `\n` the two signs that it is. */
export function withLineBreaks(written: string): string {
  return written.replaceAll(/\\[rn]/g, '\n');
}
