package io.syslet.server.session;

import org.jspecify.annotations.Nullable;

/**
 * A call that blocked, from {@link Port#answer} to {@link Port#complete}, where it is the same
 * object: what ties the two together, since caller data is the client's and need not be unique.
 * Afterwards the object is used for other calls. The poller's alone.
 */
public interface PortCall {
  /** The client's number for the call. */
  long callerData();

  /** The call's number. */
  long nr();

  /** What the port has put here; null at the answer. */
  @Nullable Object attachment();

  /** Keeps something of the port's until the completion, such as the call's buffers. */
  void attach(@Nullable Object object);
}
