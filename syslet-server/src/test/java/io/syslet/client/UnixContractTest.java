package io.syslet.client;

/** By shared memory. */
class UnixContractTest extends RemoteContract {
  UnixContractTest() {
    super("unix");
  }
}
