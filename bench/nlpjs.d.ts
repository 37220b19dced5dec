declare module '@nlpjs/basic';
declare module '@nlpjs/lang-id';
