import { requests } from '../../shared/contracts/requests/index.ts';
import { serve } from './serve.ts';
// Until electron/service/handlers/index.ts exists: change this line to its createHandlers.
import { createHandlers } from './stub-handlers.ts';

serve(requests, createHandlers);
