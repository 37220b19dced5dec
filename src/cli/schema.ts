/** `npm run schema`: writes knowledge/schema/*.schema.json. A test holds the files against the source. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas } from '../knowledge/json-schema.ts';
import { KNOWLEDGE_FOLDER } from '../knowledge/load.ts';

const folder = join(KNOWLEDGE_FOLDER, 'schema');
mkdirSync(folder, { recursive: true });
for (const [name, text] of jsonSchemas()) writeFileSync(join(folder, name), text);
console.log(`${jsonSchemas().size} schemas written to ${folder}`);
