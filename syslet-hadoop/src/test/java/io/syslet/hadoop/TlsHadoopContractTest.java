package io.syslet.hadoop;

/** Over TLS. */
class TlsHadoopContractTest extends HadoopContract {
  @Override
  String kind() {
    return "tls";
  }
}
