package io.syslet.server.client;

/** By shared memory. */
class UnixContractTest extends RemoteContract {
  UnixContractTest() {
    super("unix");
  }
}
