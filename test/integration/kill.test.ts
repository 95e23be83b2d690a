import { killUnderLoad } from './kill-rounds.ts';

killUnderLoad(50, 10);
