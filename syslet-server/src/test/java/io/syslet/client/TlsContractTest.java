package io.syslet.client;

/** By TLS. */
class TlsContractTest extends RemoteContract {
  TlsContractTest() {
    super("tls");
  }
}
