import { MessageChannelMain, type MessagePortMain } from 'electron';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { StartedMessage, type ServiceState, type StartMessage } from '../../shared/contracts/wire.ts';
import { startService, type ServiceForm, type ServiceProcess } from './service-process.ts';

const firstDelayMs = 100;
const longestDelayMs = 5_000;
/** A service that ran this long was healthy: its next restart begins at the first delay again. */
const healthyMs = 30_000;
/** From start to an open store; a big store's checks take a fraction of it. */
const startMs = 60_000;
const stopMs = 6_000;
const pingEveryMs = 5_000;
const pingLimitMs = 15_000;

export interface SupervisorOptions {
  form: ServiceForm;
  /** Path of the bundled service entry. */
  entry: string;
  /** Made anew for each run: the key is fetched when it is needed and kept nowhere. Throws a ProblemError without it. */
  startMessage(): StartMessage;
  onState(state: ServiceState): void;
  log(words: string): void;
}

/**
 * Keeps the service alive: starts it, hands page connections to it, starts it again whenever it ends or hangs, and
 * never gives up.
 */
export class ServiceSupervisor {
  #options: SupervisorOptions;
  #process: ServiceProcess | undefined;
  #state: ServiceState = { state: 'restarting' };
  #delayMs = firstDelayMs;
  #timer: NodeJS.Timeout | undefined;
  #watch: NodeJS.Timeout | undefined;
  #startedAt = 0;
  #stopped: (() => void) | undefined;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  get state(): ServiceState {
    return this.#state;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  start(): void {
    const { form, entry } = this.#options;
    this.#startedAt = Date.now();
    const message = this.#startMessage();
    if (!message) return;
    const run = startService(form, entry, {
      message: (message) => this.#process === run && this.#onMessage(message),
      exit: (code) => this.#process === run && this.#onExit(code),
    });
    this.#process = run;
    this.#timer = setTimeout(() => run.kill(), startMs);
    run.send(message);
  }

  /** A new connection to the running service, or undefined while there is none. */
  connect(): MessagePortMain | undefined {
    if (this.#state.state !== 'ready' || !this.#process) return undefined;
    const { port1, port2 } = new MessageChannelMain();
    this.#process.connect(port1);
    return port2;
  }

  /** Ends the service in an orderly way, by force where it does not obey in time. */
  stop(): Promise<void> {
    clearTimeout(this.#timer);
    clearTimeout(this.#watch);
    const run = this.#process;
    if (!run) return Promise.resolve();
    return new Promise((resolve) => {
      const force = setTimeout(() => run.kill(), stopMs);
      this.#stopped = () => {
        clearTimeout(force);
        resolve();
      };
      run.send({ kind: 'stop' });
    });
  }

  #onMessage(message: unknown): void {
    const started = StartedMessage.safeParse(message);
    if (!started.success || this.#stopped) return;
    clearTimeout(this.#timer);
    if (started.data.ok) {
      this.#setState({ state: 'ready' });
      this.#watchOver();
      return;
    }
    this.#options.log(`the service refuses to start: ${started.data.problem.code}`);
    this.#setState({ state: 'refused', problem: started.data.problem });
    this.#process?.kill();
  }

  #onExit(code: number | null): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#watch);
    this.#process = undefined;
    if (this.#stopped) {
      this.#stopped();
      return;
    }
    if (Date.now() - this.#startedAt > healthyMs) this.#delayMs = firstDelayMs;
    // What a refused start says on the screen stays there until a later start succeeds.
    if (this.#state.state !== 'refused') {
      this.#options.log(`the service ended (${code}), starting it again in ${this.#delayMs} ms`);
      this.#setState({ state: 'restarting' });
    }
    this.#startLater();
  }

  /** Without the store's key there is nothing to start; it is asked for again, since a keychain can be unlocked. */
  #startMessage(): StartMessage | undefined {
    try {
      return this.#options.startMessage();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.#options.log(`the service cannot start: ${error.code}`);
      this.#setState({ state: 'refused', problem: error.toProblem() });
      this.#startLater();
      return undefined;
    }
  }

  #startLater(): void {
    this.#timer = setTimeout(() => this.start(), this.#delayMs);
    this.#delayMs = Math.min(this.#delayMs * 2, longestDelayMs);
  }

  #setState(state: ServiceState): void {
    this.#state = state;
    this.#options.onState(state);
  }

  /** A service that hangs is worse than one that died: it is asked regularly, and ended when it does not answer. */
  #watchOver(): void {
    const port = this.connect();
    const run = this.#process;
    if (!port || !run) return;
    let id = 0;
    const ask = (): void => {
      this.#watch = setTimeout(() => {
        this.#options.log('the service does not answer, ending it');
        run.kill();
      }, pingLimitMs);
      port.postMessage({ kind: 'request', id: id++, name: 'system/ping', input: {} });
    };
    port.on('message', () => {
      if (this.#process !== run) return;
      clearTimeout(this.#watch);
      this.#watch = setTimeout(ask, pingEveryMs);
    });
    port.start();
    ask();
  }
}
