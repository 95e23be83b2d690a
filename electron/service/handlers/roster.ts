import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { Handlers, Output } from '../../../shared/contracts/requests/index.ts';
import type { ServiceContext } from '../context.ts';
import { importRoster, peekRoster } from '../people/roster-import.ts';

type Report = Pick<Output<'roster/import'>, 'refused' | 'moves' | 'reHires' | 'leavers'>;
type RosterHandlers = Pick<Handlers, 'roster/import' | 'roster/columns' | 'roster/report-file' | 'roster/search'>;

/** A screen shows no more lines of a kind than these; all are counted, and all are in the report's file. */
const mostShown = 1000;

/** The roster: columns, import with a report of each refused row, moves and leavers, and search. */
export function rosterHandlers(context: ServiceContext): RosterHandlers {
  const { store, clock, reader } = context;
  let last: { report: Report; listName: string } | null = null;
  return {
    'roster/import': async ({ fileName, content, dryRun, columns, wholeList }) => {
      const report: Report = { refused: [], moves: [], reHires: [], leavers: [] };
      const done = await importRoster(store, {
        fileName, content, dryRun, actor: context.requireUser().userId, columns: columns ?? null, wholeList: wholeList ?? null,
        onRow: (result) => {
          if (result.state === 'refused') {
            const { workerId, code, detail } = result.refusal;
            report.refused.push({ row: result.row, workerId, code, detail });
          }
          if (result.state !== 'imported' || result.workerId === null) return;
          const { workerId, fullName, moves, reHire } = result;
          report.moves.push(...moves.map((move) => ({ workerId, fullName, ...move })));
          if (reHire !== null) report.reHires.push({ workerId, fullName, ...reHire });
        },
        onProgress: (rows) => {
          // Somebody who waits for a long import has not gone away.
          context.session.touch();
          context.emit('roster/progress', { done: rows, of: null });
        },
      });
      context.nudgeSync();
      report.leavers = done.leavers;
      last = { report, listName: fileName.normalize('NFC') };
      const { rows, imported, unchanged, added, source, unknownHeaders, listedEmployers } = done;
      return {
        rows, imported, unchanged, added, source, unknownHeaders, listedEmployers, columns: done.columns as Record<string, string>,
        refused: report.refused.slice(0, mostShown), refusedTotal: done.refused,
        moves: report.moves.slice(0, mostShown), movedTotal: done.moved, reHires: report.reHires.slice(0, mostShown), reHiredTotal: done.reHired,
        leavers: report.leavers.slice(0, mostShown), leaverTotal: report.leavers.length,
      };
    },
    'roster/columns': async ({ content }) => {
      const { row, headers, samples, columns, source, isWhole } = await peekRoster(store, content);
      return { row, headers, samples, columns, source, isWhole };
    },
    'roster/report-file': async () => {
      if (last === null) throw new ProblemError('not-found');
      return reader.read('rosterReportFile', { ...last, now: clock.now() });
    },
    'roster/search': (input) => reader.read('search', input),
  };
}
