import { POSTGRES } from '../support/databases.ts';
import { killMany } from './kill-many.ts';

killMany(POSTGRES);
