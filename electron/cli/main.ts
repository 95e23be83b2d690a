import { runCli } from './run-cli.ts';

// `motcua … | head -1` closes the pipe early: nobody listens any more, which is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const code = await runCli(process.argv.slice(2), {
  out: (line) => void process.stdout.write(`${JSON.stringify(line)}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  stdin: process.stdin,
  cwd: process.env.INIT_CWD ?? process.cwd(),
});
// Native readers and pools would keep the process alive; the empty write waits until all lines are out.
process.stdout.write('', () => process.exit(code));
