import { SQLITE } from '../support/databases.ts';
import { killMany } from './kill-many.ts';

killMany(SQLITE);
