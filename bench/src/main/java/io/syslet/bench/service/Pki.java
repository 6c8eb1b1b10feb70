package io.syslet.bench.service;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** PEM files for TLS between processes of this host: an authority, a server and a client. */
record Pki(Path folder) {
  /** Makes them. */
  static void make(Path folder) throws IOException {
    try {
      X509Bundle authority =
          new CertificateBuilder()
              .subject("CN=bench")
              .setIsCertificateAuthority(true)
              .buildSelfSigned();
      Pki pki = new Pki(folder);
      Files.writeString(pki.authority(), authority.getCertificatePEM());
      pki.vouchFor("server", authority);
      pki.vouchFor("client", authority);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void vouchFor(String name, X509Bundle authority) throws Exception {
    X509Bundle bundle =
        new CertificateBuilder()
            .subject("CN=" + name)
            .addSanDnsName("localhost")
            .buildIssuedBy(authority);
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
