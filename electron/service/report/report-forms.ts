import catalogueData from '../../../resources/forms/gate-reports.json' with { type: 'json' };
import { noReportSettings, ReportSettings } from '../../../shared/contracts/report.ts';
import { ReportCatalogue } from '../../../shared/domain/report-catalogue.ts';
import { appendEvent, readSetting, writeSetting, type Store } from '../../store/index.ts';

let parsed: ReportCatalogue | undefined;

/** The reports and their layouts that ship with the program; a file that does not parse is a bug. */
export function reportCatalogue(): ReportCatalogue {
  return parsed ??= ReportCatalogue.parse(catalogueData);
}

/** Who receives reports here, and in which zone each enterprise lies. */
export function readReportSettings(store: Store): ReportSettings {
  return readSetting(store, 'report', ReportSettings) ?? noReportSettings;
}

/** Sets them with their event, in one transaction. False where they are the same already: nothing is written. */
export function saveReportSettings(store: Store, settings: ReportSettings, actor: string): boolean {
  return store.transaction(() => {
    if (JSON.stringify(readReportSettings(store)) === JSON.stringify(settings)) return false;
    writeSetting(store, 'report', settings);
    appendEvent(store, { type: 'report-settings-set', actor, payload: { ...settings } });
    return true;
  });
}
