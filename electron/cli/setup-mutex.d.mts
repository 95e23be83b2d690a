export function withMutex<T>(folder: string, onWait: () => void, work: () => T | Promise<T>): Promise<T>;
