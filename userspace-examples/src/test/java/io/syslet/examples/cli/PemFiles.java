package io.syslet.examples.cli;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One certificate for a server on this host and its client, as options of the commands. */
final class PemFiles {
  final Path authority;
  final Path certificate;
  final Path key;

  /** Makes the files in a folder. */
  PemFiles(Path folder) throws Exception {
    X509Bundle issuer =
        new CertificateBuilder()
            .subject("CN=authority")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    X509Bundle both =
        new CertificateBuilder()
            .subject("CN=both")
            .addSanDnsName("localhost")
            .buildIssuedBy(issuer);
    authority = Files.writeString(folder.resolve("ca.pem"), issuer.getCertificatePEM());
    certificate = Files.writeString(folder.resolve("both.pem"), both.getCertificatePEM());
    key = Files.writeString(folder.resolve("both.key"), both.getPrivateKeyPEM());
  }

  List<String> options() {
    return List.of(
        "--tls-ca", authority + "", "--tls-cert", certificate + "", "--tls-key", key + "");
  }
}
