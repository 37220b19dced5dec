/** @param path `` for the list, `/<id>` for a case */
export const goTo = (path: string): void => {
  location.hash = `#/kasus${path}`;
};
