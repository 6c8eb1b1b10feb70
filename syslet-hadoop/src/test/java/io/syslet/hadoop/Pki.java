package io.syslet.hadoop;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;

/** An authority made up for a test, a server and a client that it vouches for, in PEM files. */
record Pki(Path folder) {
  static Pki in(Path folder, String... hosts) throws Exception {
    X509Bundle authority =
        new CertificateBuilder()
            .subject("CN=authority")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    Files.createDirectories(folder);
    Pki pki = new Pki(folder);
    Files.writeString(pki.authority(), authority.getCertificatePEM());
    pki.vouch(authority, "server", hosts);
    pki.vouch(authority, "client", hosts);
    return pki;
  }

  private void vouch(X509Bundle authority, String name, String... hosts) throws Exception {
    CertificateBuilder builder =
        new CertificateBuilder()
            .subject("CN=" + name)
            .addSanDnsName("localhost")
            .addSanIpAddress("127.0.0.1");
    for (String host : hosts) {
      builder.addSanIpAddress(host);
    }
    X509Bundle bundle = builder.buildIssuedBy(authority);
    Files.writeString(certificate(name), bundle.getCertificatePEM());
    Files.writeString(key(name), bundle.getPrivateKeyPEM());
  }

  Path authority() {
    return folder.resolve("ca.pem");
  }

  Path certificate(String name) {
    return folder.resolve(name + ".pem");
  }

  Path key(String name) {
    return folder.resolve(name + ".key");
  }
}
