package io.syslet.server.net;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * Who may come by TLS, as people write it: what openssl(1) prints of a certificate, its subject in
 * either order, or its SHA-256 fingerprint, with or without colons.
 *
 * <pre>
 *   CN=alice,O=Example        RFC 2253: the last first
 *   subject=O = Example, CN = alice
 *   sha256 Fingerprint=0A:1B:...
 * </pre>
 */
public final class SubjectName {
  private static final Pattern LABEL =
      Pattern.compile("(?i)^\\s*(subject|sha-?256( fingerprint)?)\\s*[=:]\\s*");
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-fA-F]{64}");

  private SubjectName() {}

  /**
   * All forms in which a certificate may say that name.
   *
   * @throws IllegalArgumentException if it is neither a subject nor a fingerprint.
   */
  public static List<String> forms(String text) {
    String bare = LABEL.matcher(text).replaceFirst("").strip();
    String digits = bare.replace(":", "");
    if (FINGERPRINT.matcher(digits).matches()) {
      return List.of(digits.toLowerCase(Locale.ROOT));
    }
    try {
      List<Rdn> names = new ArrayList<>(new LdapName(bare).getRdns());
      String one = canonical(new X500Principal(new LdapName(names).toString()));
      Collections.reverse(names);
      return List.of(one, canonical(new X500Principal(new LdapName(names).toString())));
    } catch (InvalidNameException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--tls-allow: neither a subject nor a SHA-256 fingerprint: " + text, e);
    }
  }

  /** The subject of a certificate, for comparisons. */
  static String canonical(X500Principal subject) {
    return subject.getName(X500Principal.CANONICAL);
  }

  /** A fingerprint, for comparisons. */
  static String fingerprint(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }
}
