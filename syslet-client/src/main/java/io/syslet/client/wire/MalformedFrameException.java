package io.syslet.client.wire;

/** The peer does not keep to the protocol. The connection is of no further use. */
public final class MalformedFrameException extends Exception {
  private static final long serialVersionUID = 1;

  /** Says what is wrong, in a few words. */
  public MalformedFrameException(String message) {
    super(message);
  }
}
