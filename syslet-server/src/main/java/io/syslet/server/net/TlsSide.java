package io.syslet.server.net;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.syslet.client.TlsFiles;
import io.syslet.server.session.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Our side of TLS 1.3, the JDK's: who we are, and who may come. */
final class TlsSide {
  private final SslContext context;
  private final Set<String> names;

  private TlsSide(SslContext context, Set<String> names) {
    this.context = context;
    this.names = names;
  }

  /** Reads the files, or says what is wrong with them. */
  static TlsSide of(NetOptions options) throws IOException {
    Path certificate = options.certificate();
    Path key = options.key();
    Path authority = options.authority();
    if (certificate == null || key == null || authority == null) {
      throw new IOException("tls: needs --tls-cert, --tls-key and --tls-ca");
    }
    try {
      SslContext context =
          SslContextBuilder.forServer(TlsFiles.keys(certificate, key))
              .trustManager(TlsFiles.trust(authority))
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3")
              .clientAuth(ClientAuth.REQUIRE)
              .build();
      return new TlsSide(context, options.names());
    } catch (GeneralSecurityException e) {
      throw new IOException(certificate + ", " + key + ": " + e.getMessage(), e);
    }
  }

  SslContext context() {
    return context;
  }

  /** Who has shown a certificate. */
  static Peer peer(SSLSession session) throws SSLPeerUnverifiedException {
    return Peer.tls(certificate(session).getSubjectX500Principal().getName());
  }

  private static X509Certificate certificate(SSLSession session) throws SSLPeerUnverifiedException {
    return (X509Certificate) session.getPeerCertificates()[0];
  }

  /** Whether it is on the list, if there is one. */
  boolean mayEnter(SSLSession session) {
    if (names.isEmpty()) {
      return true;
    }
    try {
      X509Certificate shown = certificate(session);
      return names.contains(SubjectName.canonical(shown.getSubjectX500Principal()))
          || names.contains(fingerprint(shown));
    } catch (GeneralSecurityException | SSLPeerUnverifiedException e) {
      return false;
    }
  }

  private static String fingerprint(X509Certificate shown) throws GeneralSecurityException {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(shown.getEncoded());
    return SubjectName.fingerprint(hash);
  }
}
