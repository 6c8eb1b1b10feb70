package io.syslet.server.wire;

/**
 * What a server answers to a {@link Hello} that it accepts.
 *
 * @param session the session's number, for people.
 * @param token its secret, for coming back.
 * @param position of the next completion: what the client said that it has consumed.
 * @param received batches that this server has got from the client since the session began; what
 *     was sent after them is lost, and may be sent again. 0 if {@code recovered}.
 * @param arenaBytes the size of the arena file; 0 for a remote client.
 * @param ringElements completions that the session's ring holds.
 * @param maxInFlight calls that may be pending at a time.
 * @param readTimeoutMillis the server gives up a connection that says nothing for so long.
 * @param recovered whether another server had the session and died: then batches without an answer
 *     are lost, and what they did is unknown.
 * @param machine whose call numbers and structures are spoken: {@link Machine}.
 */
public record Welcome(
    long session,
    Token token,
    long position,
    long received,
    long arenaBytes,
    int ringElements,
    int maxInFlight,
    int readTimeoutMillis,
    boolean recovered,
    int machine) {
  /** Bytes behind the header. */
  public static final int LENGTH = 72;

  private static final int RECOVERED = 1;

  /** Writes the frame. */
  public void write(FrameWriter out) {
    out.begin(FrameType.WELCOME).putLong(session);
    token.write(out);
    out.putLong(position).putLong(received).putLong(arenaBytes);
    out.putInt(ringElements).putInt(maxInFlight).putInt(readTimeoutMillis);
    out.putShort(recovered ? RECOVERED : 0).putShort(machine).putLong(0);
    out.end();
  }

  /** Reads what is in the frame. */
  public static Welcome read(FrameReader in) throws MalformedFrameException {
    long session = in.readLong();
    Token token = Token.read(in);
    long position = in.readLong();
    long received = in.readLong();
    long arenaBytes = in.readLong();
    int ringElements = in.readInt();
    int maxInFlight = in.readInt();
    int readTimeoutMillis = in.readInt();
    boolean recovered = (in.readShort() & RECOVERED) != 0;
    int machine = in.readShort();
    in.readZero(Long.BYTES);
    in.end();
    return new Welcome(
        session,
        token,
        position,
        received,
        arenaBytes,
        ringElements,
        maxInFlight,
        readTimeoutMillis,
        recovered,
        machine);
  }
}
