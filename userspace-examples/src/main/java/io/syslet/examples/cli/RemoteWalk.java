package io.syslet.examples.cli;

import io.syslet.client.ClientOptions;
import io.syslet.client.RemoteKernel;
import io.syslet.client.wire.Address;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A walk whose kernel is a server. Only such a walk loads this class and those it needs. */
final class RemoteWalk {
  private RemoteWalk() {}

  /** Connects, walks and says goodbye; the exit status. */
  static int run(WalkArguments arguments, WalkRun walk) throws IOException, InterruptedException {
    try (RemoteKernel kernel = connect(arguments)) {
      arguments.inFlight = Math.min(arguments.inFlight, kernel.maxInFlight());
      Progress progress = Progress.beside(!arguments.noProgress);
      return walk.run(kernel, kernel::socketMessages, progress);
    }
  }

  /** What is wrong with the address, or is missing for it, if anything. */
  static @Nullable String problem(WalkArguments a) {
    try {
      boolean tls = Address.parse(a.connect) instanceof Address.Tls;
      return tls && (a.tlsCert == null || a.tlsKey == null || a.tlsCa == null)
          ? "--connect tls: needs --tls-cert, --tls-key and --tls-ca"
          : null;
    } catch (IllegalArgumentException e) {
      return "--connect: " + e.getMessage();
    }
  }

  private static RemoteKernel connect(WalkArguments arguments) throws IOException {
    ClientOptions options = ClientOptions.defaults().serverUser(arguments.serverUser);
    Path certificate = path(arguments.tlsCert);
    Path key = path(arguments.tlsKey);
    Path authority = path(arguments.tlsCa);
    return RemoteKernel.connect(
        Address.parse(arguments.connect), options.tls(certificate, key, authority));
  }

  private static @Nullable Path path(@Nullable String text) {
    return text == null ? null : Path.of(text);
  }
}
