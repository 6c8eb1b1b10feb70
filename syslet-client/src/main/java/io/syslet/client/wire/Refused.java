package io.syslet.client.wire;

import io.syslet.CString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Why a server wants no more of a client.
 *
 * @param errno positive: EPERM for a peer or a token that is not allowed, ESTALE for a session that
 *     is over, EAGAIN and EMFILE for limits, ENOSPC for a full journal, EPROTO for a malformed
 *     frame, ETIMEDOUT for a peer that was too slow.
 * @param text for people; at most {@link #MAX_TEXT} bytes of UTF-8.
 */
public record Refused(int errno, String text) {
  /** Bytes of text at most. */
  public static final int MAX_TEXT = 512;

  /** Writes the frame. */
  public void write(FrameWriter out) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.begin(FrameType.REFUSED).putInt(errno);
    out.putBytes(Arrays.copyOf(bytes, Math.min(bytes.length, MAX_TEXT)));
    out.end();
  }

  /** Reads what is in the frame. */
  public static Refused read(FrameReader in) throws MalformedFrameException {
    int errno = in.readInt();
    byte[] bytes = new byte[(int) in.remaining()];
    CString.copyTo(in.skip(bytes.length), bytes, 0, bytes.length);
    if (errno <= 0 || errno > 4095) {
      throw new MalformedFrameException("REFUSED with error " + errno);
    }
    return new Refused(errno, new String(bytes, StandardCharsets.UTF_8));
  }
}
