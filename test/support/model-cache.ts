import { fileURLToPath } from 'node:url';

/** Trained models of test runs; kept between runs, made anew when the rule base changes. */
export const MODEL_CACHE = fileURLToPath(new URL('../../node_modules/.cache/tanya-netral', import.meta.url));
