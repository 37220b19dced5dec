/** A wire between a browser and the server that keeps every byte which reaches the server, and can be cut. */
import { connect, createServer, type Server, type Socket } from 'node:net';

export class Tap {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #received: Buffer[] = [];
  #lost: string | undefined;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Listens on a port of its own and passes all on to `port`. */
  static async open(port: number): Promise<Tap> {
    const server = createServer();
    const tap = new Tap(server);
    server.on('connection', (socket) => tap.#pass(socket, port));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return tap;
  }

  get origin(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  /** What came from the browser since the last {@link forget}. */
  get received(): Buffer {
    return Buffer.concat(this.#received);
  }

  forget(): void {
    this.#received = [];
  }

  /** From now on answers to requests that begin so are lost: the server does its work, and the browser never hears. */
  loseAnswers(request: string | undefined): void {
    this.#lost = request;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #pass(browser: Socket, port: number): void {
    const server = connect(port, '127.0.0.1');
    let doomed = false;
    const end = () => {
      browser.destroy();
      server.destroy();
      this.#sockets.delete(browser);
      this.#sockets.delete(server);
    };
    for (const socket of [browser, server]) {
      this.#sockets.add(socket);
      socket.on('error', end).on('close', end);
    }
    browser.on('data', (bytes) => {
      this.#received.push(bytes);
      if (this.#lost !== undefined && bytes.includes(this.#lost)) doomed = true;
      server.write(bytes);
    });
    server.on('data', (bytes) => {
      if (doomed) end();
      else browser.write(bytes);
    });
  }
}
