import { requests } from '../../shared/contracts/requests/index.ts';
import { createHandlers } from './handlers/index.ts';
import { serve } from './serve.ts';

serve(requests, createHandlers);
