package io.syslet.server;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An authority made up for a test, and those that it vouches for, in PEM files. */
public final class Certificates {
  private final Path folder;
  private final X509Bundle authority;

  /** Makes an authority in a folder. */
  public Certificates(Path folder, String name) {
    this.folder = folder;
    try {
      authority =
          new CertificateBuilder()
              .subject("CN=" + name)
              .setIsCertificateAuthority(true)
              .buildSelfSigned();
      Files.createDirectories(folder);
      Files.writeString(authority(), authority.getCertificatePEM());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Vouches for somebody: CN=name, who is also the host localhost. */
  public void vouchFor(String name) {
    try {
      X509Bundle bundle =
          new CertificateBuilder()
              .subject("CN=" + name)
              .addSanDnsName("localhost")
              .addSanIpAddress("127.0.0.1")
              .buildIssuedBy(authority);
      Files.writeString(certificate(name), bundle.getCertificatePEM());
      Files.writeString(key(name), bundle.getPrivateKeyPEM());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The authority's own certificate. */
  public Path authority() {
    return folder.resolve("ca.pem");
  }

  /** Somebody's certificate. */
  public Path certificate(String name) {
    return folder.resolve(name + ".pem");
  }

  /** Somebody's private key. */
  public Path key(String name) {
    return folder.resolve(name + ".key");
  }
}
