package io.syslet.hadoop;

/** Over the socket of a server on this host. */
class UnixHadoopContractTest extends HadoopContract {
  @Override
  String kind() {
    return "unix";
  }
}
