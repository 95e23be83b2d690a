import { killUnderLoad } from '../integration/kill-rounds.ts';

killUnderLoad(500, 120);
