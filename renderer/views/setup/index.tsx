export function SetUpWizard() { return null; }
