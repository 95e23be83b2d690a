export function GateApp() { return null; }
