package io.syslet.client.wire;

/**
 * What a server answers to a {@link Hello} that it accepts.
 *
 * @param session the session's number, for people.
 * @param token its secret, for coming back.
 * @param instance of the server: another number, another server, which knows the session from the
 *     journal. Never 0.
 * @param received batches that this server has got from the client since the session began; what
 *     was sent after them is lost, and may be sent again. 0 if {@code recovered}.
 * @param arenaBytes the size of the arena file; 0 for a remote client.
 * @param ringElements completions that the session's ring holds.
 * @param maxInFlight calls that may be pending at a time.
 * @param readTimeoutMillis the server gives up a connection that says nothing for so long; 0 for
 *     never.
 * @param recovered whether another server had the session and died: then batches without an answer
 *     are lost, and what they did is unknown.
 * @param hasFiles whether the ring and the arena of a local client come with it; if not, those go
 *     on that it has.
 * @param takesDescriptors whether a local client may pass descriptors: a socket comes with the
 *     files.
 * @param posted how many completions there were when the server said this: those up to there come
 *     now, whatever else.
 * @param machine whose call numbers and structures are spoken: {@link Architecture}.
 */
public record Welcome(
    long session,
    Token token,
    int instance,
    long received,
    long arenaBytes,
    int ringElements,
    int maxInFlight,
    int readTimeoutMillis,
    boolean recovered,
    boolean hasFiles,
    boolean takesDescriptors,
    long posted,
    int machine) {
  /** Bytes behind the header. */
  public static final int LENGTH = 72;

  private static final int RECOVERED = 1;
  private static final int FILES = 2;
  private static final int DESCRIPTORS = 4;

  /** Writes the frame. */
  public void write(FrameWriter out) {
    out.begin(FrameType.WELCOME).putLong(session);
    token.write(out);
    out.putInt(instance).putInt(0).putLong(received).putLong(arenaBytes);
    out.putInt(ringElements).putInt(maxInFlight).putInt(readTimeoutMillis);
    out.putShort(flags()).putShort(machine);
    out.putLong(posted);
    out.end();
  }

  private int flags() {
    return (recovered ? RECOVERED : 0)
        | (hasFiles ? FILES : 0)
        | (takesDescriptors ? DESCRIPTORS : 0);
  }

  /** Reads what is in the frame. */
  public static Welcome read(FrameReader in) throws MalformedFrameException {
    long session = in.readLong();
    Token token = Token.read(in);
    int instance = in.readInt();
    in.readZero(Integer.BYTES);
    long received = in.readLong();
    long arenaBytes = in.readLong();
    int ringElements = in.readInt();
    int maxInFlight = in.readInt();
    int readTimeoutMillis = in.readInt();
    int flags = in.readShort();
    int machine = in.readShort();
    long posted = in.readLong();
    in.end();
    return new Welcome(
        session,
        token,
        instance,
        received,
        arenaBytes,
        ringElements,
        maxInFlight,
        readTimeoutMillis,
        (flags & RECOVERED) != 0,
        (flags & FILES) != 0,
        (flags & DESCRIPTORS) != 0,
        posted,
        machine);
  }
}
