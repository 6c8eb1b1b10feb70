package io.syslet.client.wire;

import org.jspecify.annotations.Nullable;

/**
 * What a client says first.
 *
 * @param kind {@link Wire#KIND_LOCAL} or {@link Wire#KIND_REMOTE}.
 * @param token the session's secret, or null for a new session.
 * @param consumed completions that the client has consumed since the session began; 0 if it begins.
 * @param answered answers that a remote client has got since then.
 * @param arenaBytes how much memory a local client would like to share; 0 for the server's default.
 * @param ringElements how many completions its ring should hold; 0 for the server's default.
 * @param instance of the server that the client was connected to, and whose files it has; 0 for
 *     none.
 */
public record Hello(
    int kind,
    @Nullable Token token,
    long consumed,
    long answered,
    long arenaBytes,
    int ringElements,
    int instance) {
  /** Bytes behind the header. */
  public static final int LENGTH = 56;

  private static final int RESUME = 1;
  private static final Token NONE = new Token(0, 0);

  /** Writes the frame. */
  public void write(FrameWriter out) {
    out.begin(FrameType.HELLO).putInt(Wire.MAGIC).putShort(kind);
    out.putShort(token == null ? 0 : RESUME);
    (token == null ? NONE : token).write(out);
    out.putLong(consumed)
        .putLong(answered)
        .putLong(arenaBytes)
        .putInt(ringElements)
        .putInt(instance);
    out.end();
  }

  /** Reads what is in the frame. */
  public static Hello read(FrameReader in) throws MalformedFrameException {
    if (in.readInt() != Wire.MAGIC) {
      throw new MalformedFrameException("not a client of this service");
    }
    int kind = in.readShort();
    int flags = in.readShort();
    Token token = Token.read(in);
    long consumed = in.readLong();
    long answered = in.readLong();
    long arenaBytes = in.readLong();
    int ringElements = in.readInt();
    int instance = in.readInt();
    in.end();
    if (kind > Wire.KIND_REMOTE || (flags & ~RESUME) != 0 || arenaBytes < 0 || ringElements < 0) {
      throw new MalformedFrameException("HELLO of kind " + kind + " with flags " + flags);
    }
    return new Hello(
        kind,
        flags == RESUME ? token : null,
        consumed,
        answered,
        arenaBytes,
        ringElements,
        instance);
  }
}
