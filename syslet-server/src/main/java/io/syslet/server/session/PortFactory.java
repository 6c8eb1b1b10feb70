package io.syslet.server.session;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Makes the port of a session when a client opens or resumes it. Called on the caller's thread. */
@FunctionalInterface
public interface PortFactory {
  /**
   * Makes a port.
   *
   * @param session whose port it is to be; only {@link Session#id} and {@link Session#token} may be
   *     used.
   * @param consumed position of the first completion that will be posted to a new port: what the
   *     client has consumed.
   * @param previous the port before, if the session is resumed by the server that made it: it may
   *     be returned again, with the completions that it holds and the memory that calls in flight
   *     use. Then nothing is posted anew, and {@link Port#consumed} is right already. Else null.
   * @throws IOException if there is no memory or no descriptor for it: −ENOMEM to the client.
   */
  Port make(Session session, long consumed, @Nullable Port previous) throws IOException;
}
