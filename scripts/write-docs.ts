import { writeFileSync } from 'node:fs';
import { generatedDocuments } from './document-parts.ts';

// Writes the documents that are made from the code; a test fails where they are stale.
for (const [path, text] of Object.entries(await generatedDocuments())) writeFileSync(path, text);
