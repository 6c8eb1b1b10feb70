package io.syslet.client.wire;

/** The constants of the protocol, {@code docs/protocol.md}. */
public final class Wire {
  /** First word of a {@link Hello}: "SYSL". */
  public static final int MAGIC = 0x4c53_5953;

  /** Version of the protocol; in each frame. */
  public static final int VERSION = 1;

  /** Bytes of a frame's header. */
  public static final int HEADER_LENGTH = 8;

  /** Bytes of a frame at most, with its header. */
  public static final int MAX_FRAME = 1 << 20;

  /** Calls in one batch at most. */
  public static final int MAX_BATCH = 256;

  /** Bytes of SUBMIT frames that a server takes from a session before it answers any. */
  public static final int WINDOW = 2 * MAX_FRAME;

  /** SUBMIT frames that it takes so. */
  public static final int WINDOW_BATCHES = 32;

  /** Bytes that the arguments of one call may carry in one direction. */
  public static final int MAX_DATA = MAX_FRAME - 16384;

  /** Bytes of a path or name at most, without its NUL. */
  public static final int MAX_PATH = 4095;

  /** Bytes of a session's secret. */
  public static final int TOKEN_LENGTH = 16;

  /** The client shares memory with the server. */
  public static final int KIND_LOCAL = 0;

  /** The client sends what its calls read and write. */
  public static final int KIND_REMOTE = 1;

  /**
   * The one call that no host has, of local clients: makes the descriptor that was passed with the
   * cookie in argument 0, any number but 0, one of the session's. No Linux has a call of that
   * number.
   */
  public static final int ADOPT = 0x5359;

  /**
   * Another call that no host has: asks pending calls of the session to end. Argument 0 is {@link
   * #CANCEL_ID}, {@link #CANCEL_FD} or {@link #CANCEL_ALL}, argument 1 the id (the caller data) or
   * the descriptor. 0: they are asked, and their completions say the rest; −ENOENT: there is none.
   */
  public static final int CANCEL = 0x535a;

  /** One with an id. */
  public static final int CANCEL_ID = 0;

  /** All that name a descriptor. */
  public static final int CANCEL_FD = 1;

  /** All. */
  public static final int CANCEL_ALL = 2;

  private Wire() {}

  /** Rounds up to a multiple of 8. */
  static long pad(long length) {
    return (length + 7) & -8L;
  }
}
