package io.syslet.client.wire;

import org.jspecify.annotations.Nullable;

/** The kinds of frames, and how long what is in them may be. */
public enum FrameType {
  /** Client: wants a session, or its old one back. {@link Hello}. */
  HELLO(1, Hello.LENGTH, Hello.LENGTH),
  /** Server: here it is. {@link Welcome}; a local one's files come with its first byte. */
  WELCOME(2, Welcome.LENGTH, Welcome.LENGTH),
  /** Server: no, and closes. {@link Refused}. */
  REFUSED(3, 4, 4 + Refused.MAX_TEXT),
  /** Local client: there are batches, and you had gone to sleep. */
  BELL(5, 0, 0),
  /** Either: u64, to come back in a {@link #PONG}. */
  PING(6, 8, 8),
  /** Either: the u64 of the {@link #PING}. */
  PONG(7, 8, 8),
  /** Remote client: a batch of calls. */
  SUBMIT(8, 24, Wire.MAX_FRAME - Wire.HEADER_LENGTH),
  /** Server: what became of a batch of a remote client. */
  ANSWER(9, 16, Wire.MAX_FRAME - Wire.HEADER_LENGTH),
  /** Server: how a call of a remote client ended that was pending. */
  COMPLETION(10, 32, Wire.MAX_FRAME - Wire.HEADER_LENGTH),
  /** Remote client: u64 completions consumed, u64 answers seen; both since the session's start. */
  ACK(11, 16, 16),
  /** Client: forget the session. Server: it ends. */
  GOODBYE(12, 0, 0);

  private static final @Nullable FrameType[] BY_CODE = new FrameType[16];

  static {
    for (FrameType type : values()) {
      BY_CODE[type.code] = type;
    }
  }

  final int code;
  final int least;
  final int most;

  FrameType(int code, int least, int most) {
    this.code = code;
    this.least = least;
    this.most = most;
  }

  /** The u16 that stands for it in a frame. */
  public int code() {
    return code;
  }

  /** The type of a code; null for a code that stands for none. */
  static @Nullable FrameType of(int code) {
    return code < BY_CODE.length ? BY_CODE[code] : null;
  }
}
