package io.syslet.server.session;

/**
 * Who is at the other end, as the transport knows it; not what the client says of itself.
 *
 * @param kind {@code "unix"} or {@code "tls"}.
 * @param uid user of a Unix peer (SO_PEERCRED), else −1.
 * @param gid group of a Unix peer, else −1.
 * @param pid process of a Unix peer when it connected, else −1; not part of {@link #isSameAs}.
 * @param name subject of a TLS peer's certificate, else empty.
 */
public record Peer(String kind, long uid, long gid, long pid, String name) {
  /** A peer on a Unix socket. */
  public static Peer unix(long uid, long gid, long pid) {
    return new Peer("unix", uid, gid, pid, "");
  }

  /** A peer with a certificate. */
  public static Peer tls(String subject) {
    return new Peer("tls", -1, -1, -1, subject);
  }

  /** Whose share of what there is its sessions and connections use: a user's, or a subject's. */
  public String identity() {
    return kind + ":" + (uid < 0 ? name : Long.toString(uid));
  }

  /** Whether this may go on with a session that the other began: another process of it may. */
  public boolean isSameAs(Peer other) {
    return kind.equals(other.kind)
        && uid == other.uid
        && gid == other.gid
        && name.equals(other.name);
  }
}
