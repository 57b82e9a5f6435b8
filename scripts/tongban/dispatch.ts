import { parseArgs } from 'node:util';
import { explain, say } from '../words/index.ts';
import type { Command, ExitCode, Output } from './command.ts';

/** Finds the command that `args` call and runs it. Never throws: a fault is a remark and an exit code. */
export async function dispatch(
  args: readonly string[],
  commands: readonly Command[],
  out: Output,
): Promise<ExitCode> {
  if (args.length === 0 || args[0] === 'help' || args[0] === '--help' || args[0] === '-h') {
    for (const line of help(commands)) out.result(line);
    return args.length === 0 ? 2 : 0;
  }
  const command = commands.find(({ name }) => startsWith(args, name.split(' ')));
  if (command === undefined) {
    out.remark(say('tongban', 'unknown', { asked: args.join(' ') }));
    for (const line of help(commands)) out.remark(line);
    return 2;
  }
  const usage = `tongban ${command.name} ${command.usage}`;
  const asked = parse(args.slice(command.name.split(' ').length), command);
  if (typeof asked === 'string') {
    out.remark(asked);
    out.remark(usage);
    return 2;
  }
  if (asked.values.help === true) {
    out.result(usage);
    return 0;
  }
  try {
    return await command.run(asked, out);
  } catch (error) {
    out.remark(explain(error));
    return 2;
  }
}

function parse(args: readonly string[], command: Command) {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      options: { ...command.options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    const [least, most] = command.takes;
    const fits = positionals.length >= least && positionals.length <= most;
    if (!fits && values.help !== true) return say('tongban', 'count');
    return {
      positionals,
      values: values as Readonly<Record<string, string | boolean | undefined>>,
    };
  } catch (error) {
    // parseArgs explains in a sentence which option it does not know or lacks a value for.
    return (error as Error).message;
  }
}

function startsWith(args: readonly string[], words: readonly string[]): boolean {
  return words.every((word, at) => args[at] === word);
}

function help(commands: readonly Command[]): string[] {
  return [
    say('tongban', 'usage'),
    ...commands.flatMap((command) => [
      '',
      `  tongban ${command.name} ${command.usage}`,
      `    ${say('tongban', command.name as 'scan')}`,
    ]),
  ];
}
