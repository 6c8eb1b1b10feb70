package io.syslet.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keys and certificates in PEM files, for the JDK's TLS. The private key is PKCS #8 and not
 * encrypted.
 */
public final class TlsFiles {
  private static final char[] NO_PASSWORD = {};
  private static final byte[] SAMPLE = {1, 2, 3};
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private TlsFiles() {}

  /**
   * A context for one side of TLS 1.3.
   *
   * @param certificate our own, followed by those that it comes from.
   * @param key of the certificate.
   * @param authority whom the other side's certificate must come from.
   * @throws IOException if a file is missing or is not what it should be; names the file.
   */
  public static SSLContext context(
      @Nullable Path certificate, @Nullable Path key, @Nullable Path authority) throws IOException {
    if (certificate == null || key == null || authority == null) {
      throw new IOException("TLS needs a certificate, its key and the other side's authority");
    }
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(
          keys(certificate, key).getKeyManagers(), trust(authority).getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(certificate + ", " + key + ": " + e.getMessage(), e);
    }
  }

  /** What shows who we are. */
  public static KeyManagerFactory keys(Path certificate, Path key)
      throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    Certificate[] chain = certificates(certificate).toArray(new Certificate[0]);
    PrivateKey secret = privateKey(key);
    ((X509Certificate) chain[0]).checkValidity();
    if (!belong(secret, chain[0].getPublicKey())) {
      throw new IOException(key + ": not the key of " + certificate);
    }
    store.setKeyEntry("own", secret, NO_PASSWORD, chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, NO_PASSWORD);
    return keys;
  }

  /** What the other side must show. */
  public static TrustManagerFactory trust(Path authority)
      throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    int i = 0;
    for (Certificate trusted : certificates(authority)) {
      store.setCertificateEntry("ca" + i++, trusted);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust;
  }

  /** Whether what one signs is what the other knows. */
  private static boolean belong(PrivateKey secret, PublicKey known)
      throws GeneralSecurityException {
    if (!secret.getAlgorithm().equals(known.getAlgorithm())) {
      return false;
    }
    Signature signature =
        Signature.getInstance(
            switch (secret.getAlgorithm()) {
              case "EC" -> "SHA256withECDSA";
              case "RSA" -> "SHA256withRSA";
              default -> "EdDSA";
            });
    try {
      signature.initSign(secret);
      signature.update(SAMPLE);
      byte[] signed = signature.sign();
      signature.initVerify(known);
      signature.update(SAMPLE);
      return signature.verify(signed);
    } catch (SignatureException e) {
      return false; // of another length, for instance
    }
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(TrustedFile.check(file))) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new IOException(file + ": no certificate in it");
      }
      return found;
    } catch (GeneralSecurityException e) {
      throw new IOException(file + ": no certificate in PEM", e);
    }
  }

  private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
    byte[] encoded = pkcs8(file);
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (InvalidKeySpecException e) {
        // A key of another kind.
      }
    }
    throw new IOException(file + ": neither an EC nor an RSA nor an EdDSA key");
  }

  private static byte[] pkcs8(Path file) throws IOException {
    String text = Files.readString(TrustedFile.check(file), StandardCharsets.ISO_8859_1);
    int from = text.indexOf(BEGIN);
    int to = text.indexOf(END);
    if (from < 0 || to < from) {
      throw new IOException(file + ": no PKCS #8 private key in PEM");
    }
    try {
      return Base64.getMimeDecoder().decode(text.substring(from + BEGIN.length(), to));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": no PKCS #8 private key in PEM", e);
    }
  }
}
