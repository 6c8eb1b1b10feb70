package io.syslet.server.session;

import io.syslet.server.policy.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How sessions are served.
 *
 * @param root the folder that clients see as {@code /}; nothing outside it can be reached.
 * @param canWrite whether calls that change files are allowed.
 * @param limits what sessions may use.
 * @param pollers how many tasks serve them, at least 1.
 * @param spin how long a poller goes on looking after the last call before it sleeps.
 * @param log makes the log of poller {@code i}.
 * @param restored sessions of a server before this one.
 * @param hidden a folder below the root of which nothing is served, true and absolute; null for
 *     none.
 * @param takesDescriptors whether local clients may pass descriptors of theirs.
 */
public record SessionOptions(
    Path root,
    boolean canWrite,
    Limits limits,
    int pollers,
    Duration spin,
    IntFunction<SessionLog> log,
    List<Restored> restored,
    @Nullable Path hidden,
    boolean takesDescriptors) {
  /** A poller per processor, no writing, no journal. */
  public static SessionOptions of(Path root, int pollers) {
    return new SessionOptions(
        root,
        false,
        Limits.defaults(),
        pollers,
        Duration.ofNanos(100_000),
        i -> SessionLog.NONE,
        List.of(),
        null,
        false);
  }

  /** With or without the calls that change files. */
  public SessionOptions canWrite(boolean granted) {
    return new SessionOptions(
        root, granted, limits, pollers, spin, log, restored, hidden, takesDescriptors);
  }

  /** With other limits. */
  public SessionOptions limits(Limits other) {
    return new SessionOptions(
        root, canWrite, other, pollers, spin, log, restored, hidden, takesDescriptors);
  }

  /** With another time to look before a poller sleeps. */
  public SessionOptions spin(Duration time) {
    return new SessionOptions(
        root, canWrite, limits, pollers, time, log, restored, hidden, takesDescriptors);
  }

  /** With a folder below the root of which nothing is served. */
  public SessionOptions hidden(@Nullable Path folder) {
    return new SessionOptions(
        root, canWrite, limits, pollers, spin, log, restored, folder, takesDescriptors);
  }

  /** With a journal, and what it recovered. */
  public SessionOptions log(IntFunction<SessionLog> logs, List<Restored> recovered) {
    return new SessionOptions(
        root, canWrite, limits, pollers, spin, logs, recovered, hidden, takesDescriptors);
  }

  /** With or without descriptors that local clients pass. */
  public SessionOptions takesDescriptors(boolean granted) {
    return new SessionOptions(
        root, canWrite, limits, pollers, spin, log, restored, hidden, granted);
  }
}
