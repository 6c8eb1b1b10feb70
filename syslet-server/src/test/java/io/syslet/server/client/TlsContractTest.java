package io.syslet.server.client;

/** By TLS. */
class TlsContractTest extends RemoteContract {
  TlsContractTest() {
    super("tls");
  }
}
